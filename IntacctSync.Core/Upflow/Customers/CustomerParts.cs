using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>What a customer's row keeps of its counterpart beside the hash.</summary>
/// <param name="RecordNo">The customer's RECORDNO, by which a deletion may name it.</param>
/// <param name="Parent">The CUSTOMERID of its parent in Upflow; null for none.</param>
/// <param name="Ancestors">The CUSTOMERIDs above it in Intacct, its parent first.</param>
/// <param name="Contacts">The contacts that it has in Upflow: external id to the hash of the address.</param>
/// <param name="Sent">The external ids of contacts that it may have beside those, since they went with a write whose
/// outcome was not stored.</param>
internal sealed record CustomerParts(
    [property: JsonPropertyName("n")] string? RecordNo,
    [property: JsonPropertyName("p")] string? Parent,
    [property: JsonPropertyName("a")] IReadOnlyList<string> Ancestors,
    [property: JsonPropertyName("c")] IReadOnlyDictionary<string, string> Contacts,
    [property: JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<string>? Sent = null
)
{
    public static CustomerParts None { get; } =
        new(null, null, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <param name="text">As <see cref="ToString"/> wrote it; null for none.</param>
    public static CustomerParts Of(string? text) =>
        text is ['{', ..] ? JsonSerializer.Deserialize<CustomerParts>(text) ?? None : None;

    /// <summary>Addresses that differ in case alone are the same to Upflow [assumed].</summary>
    public static string HashOf(string email) => ShortHash.Of(ComparisonKey.Of(email), 16);

    /// <summary>The contacts that it has, or may have, by external id.</summary>
    [JsonIgnore]
    public IEnumerable<string> MayHave => Contacts.Keys.Concat(Sent ?? []).Distinct(StringComparer.Ordinal);

    /// <summary>What is known while contacts are on their way.</summary>
    public CustomerParts Sending(IEnumerable<string> contacts) =>
        this with
        {
            Sent =
            [
                .. MayHave
                    .Concat(contacts)
                    .Distinct(StringComparer.Ordinal)
                    .Except(Contacts.Keys, StringComparer.Ordinal),
            ],
        };

    public bool Holds(string emailHash) => Contacts.Values.Contains(emailHash, StringComparer.Ordinal);

    public override string ToString() => JsonSerializer.Serialize(this);
}
