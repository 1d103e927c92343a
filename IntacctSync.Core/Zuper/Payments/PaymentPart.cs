using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// The part of a payment that is recorded on one Zuper invoice. The payment's row keeps all parts, so that each can be
/// voided.
/// </summary>
/// <param name="Invoice">Uid of the Zuper invoice.</param>
/// <param name="Amount">The sum that stands there now; 0 when it was voided.</param>
/// <param name="Time">How often it was recorded there: the number in the reference.</param>
internal sealed record PaymentPart(string Invoice, decimal Amount, int Time)
{
    /// <summary>Whether it was found in Zuper, and not recorded by this row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Found { get; init; }

    /// <summary>Of one that was found, its date in Zuper; null where Zuper shows none, or several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? FoundOn { get; init; }

    /// <summary>
    /// Whether it was to be voided while the invoice was deleted, and so was left there. It is voided once that is
    /// restored.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Left { get; init; }

    /// <summary>The status that the invoice gets again after the last void there; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusToKeep? Kept { get; init; }

    /// <summary>Whether it counts on an invoice that is there.</summary>
    [JsonIgnore]
    public bool Stands => Amount != 0 && !Left;

    public static IReadOnlyList<PaymentPart> Of(KeyMapEntry entry) =>
        entry.Parts is { } json ? JsonSerializer.Deserialize<List<PaymentPart>>(json)! : [];

    /// <summary>Whether just these sums stand, by uid of the invoice, as far as the row knows.</summary>
    public static bool StandAs(KeyMapEntry entry, IReadOnlyDictionary<string, decimal> sums)
    {
        var standing = Of(entry).Where(p => p.Stands).ToList();
        return standing.Count == sums.Count
            && standing.TrueForAll(p => sums.TryGetValue(p.Invoice, out var sum) && sum == p.Amount);
    }

    /// <summary>The row with this part in the place of the one of the same invoice.</summary>
    public KeyMapEntry In(KeyMapEntry entry) =>
        entry with
        {
            Parts = JsonSerializer.Serialize(
                Of(entry).Where(p => p.Invoice != Invoice).Append(this).OrderBy(p => p.Invoice, StringComparer.Ordinal)
            ),
        };
}

/// <summary>A status of an invoice that a person has given it, and that a void would end.</summary>
/// <param name="Status">As Zuper names it.</param>
/// <param name="TransactionUid">Of the payment that is voided.</param>
internal sealed record StatusToKeep(string Status, string TransactionUid);
