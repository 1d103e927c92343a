using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Apps.Comparing;

/// <summary>One side of a record, in the words that both sides have in common.</summary>
/// <param name="Id">The source id of a source's record, the target id of a target's.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Values">Of each field; empty where it has nothing there, null where this side does not say.</param>
public sealed record ComparedRecord(string Id, string Title, string?[] Values)
{
    /// <summary>
    /// By what its counterpart is looked for: the title, but where that has more than a name, such as an id before it.
    /// </summary>
    public string Name
    {
        get => field ?? Title;
        init;
    }

    /// <summary>
    /// What tells it apart from another one of that name, such as an article's number and price; null for nothing.
    /// </summary>
    public string? Particulars { get; init; }

    /// <summary>
    /// Its custom fields that are carried, by their names at the target; likewise. Of one that is not in it this side
    /// does not say anything.
    /// </summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = WithoutCustomFields;

    /// <summary>Its lines; null where this side does not say, or they are not compared.</summary>
    public IReadOnlyList<ComparedLine>? Lines { get; init; }

    /// <summary>
    /// Of a source: the accounts that lines are booked on by the settings. One that was written is told by its name if
    /// it is among them.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Of a target: what of it is not compared, and why, in words; null where all is.</summary>
    public string? NotCompared { get; init; }

    /// <summary>Its own date, where it has one.</summary>
    public DateOnly? Date { get; init; }

    public string? Currency { get; init; }

    /// <summary>Of a target: its company's base currency, where that is told.</summary>
    public string? BaseCurrency { get; init; }

    /// <summary>What it adds to the sums; null for master data.</summary>
    public decimal? Amount { get; init; }

    /// <summary>
    /// All of it, where what it adds to the sums is only a part, such as what is unapplied of a payment.
    /// </summary>
    public decimal? WholeAmount
    {
        get => field ?? Amount;
        init;
    }

    /// <summary>
    /// Of a target: whether it belongs to a record of another flow, so that it is not told as only at the target.
    /// </summary>
    public bool IsPart { get; init; }

    /// <summary>When it last changed, as this side says.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>
    /// Why it may be without a counterpart, in words; null where it is to have one. One that has a counterpart is
    /// compared all the same.
    /// </summary>
    public string? LeftOut { get; init; }

    /// <summary>
    /// Whether it does not count on this side: it is cancelled, reversed, voided or not in use. Where neither side
    /// counts, nothing else of them matters.
    /// </summary>
    public bool IsOut { get; init; }

    /// <summary>Of a source: whether its counterpart may be out, since the source says nothing against it.</summary>
    public bool MayBeOut { get; init; }

    /// <summary>What keeps it from being mapped.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Why it could not be read, though it is there; then nothing else of it is known.</summary>
    public Problem? Unread { get; init; }

    /// <summary>What may explain a difference, in words.</summary>
    public string? Remark { get; init; }

    /// <summary>What was paid of it on this side; null where that is not told.</summary>
    public decimal? Paid { get; init; }

    /// <summary>What others than the sync have paid of it on this side; nought where nobody has.</summary>
    public decimal PaidByOthers { get; init; }

    /// <summary>What its flow would remember of it once it is written; null where that is not told.</summary>
    public string? Hash { get; init; }

    /// <summary>The id of its other half, as the record itself shows it; null where it shows none.</summary>
    public string? Shows { get; init; }

    /// <summary>The whole of it as this side gave it, where it was read by itself.</summary>
    public JsonNode? Whole { get; init; }

    private static IReadOnlyDictionary<string, string?> WithoutCustomFields { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>
    /// One of which something can't be read: it is told by its name, and the others go on.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="title">What a person calls it.</param>
    /// <param name="fields">How many are compared.</param>
    /// <param name="why">What can't be read.</param>
    /// <param name="system">Where it is.</param>
    public static ComparedRecord Unreadable(
        string id,
        string title,
        int fields,
        string why,
        string system = "Intacct"
    ) =>
        new(id, title, new string?[fields])
        {
            Unread = new Problem("record-unreadable", why, $"Correct it in {system}, then compare again."),
        };

    /// <summary>An amount as text: the same for equal amounts.</summary>
    public static string? Text(decimal? amount) => amount?.ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>A date as text.</summary>
    public static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
