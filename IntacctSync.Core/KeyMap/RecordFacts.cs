using System.Globalization;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// By what a person knows a record again, as its source said when it was last read. Nothing is written by it; a person
/// may be asked.
/// </summary>
/// <param name="Amount">What it comes to; null for master data.</param>
/// <param name="Currency">ISO 4217; null for the company's own.</param>
/// <param name="Date">Its own date.</param>
/// <param name="Party">Whom it concerns: the customer's id, or its name where the source says it.</param>
/// <param name="PartyRecord">The same as a record, <c>flow/source id</c>, whose title says the name.</param>
public sealed record RecordFacts(
    decimal? Amount = null,
    string? Currency = null,
    DateOnly? Date = null,
    string? Party = null,
    string? PartyRecord = null
)
{
    /// <summary>What has changed since, with before and after; null where nothing has. Pure.</summary>
    public string? ChangeFrom(RecordFacts? before)
    {
        if (before is null)
            return null;
        var changes = new List<string>();
        if (Amount is { } now && before.Amount is { } was && now != was)
            changes.Add($"amount {Text(was)} -> {Text(now)}");
        if (Date is { } day && before.Date is { } then && day != then)
            changes.Add($"date {Text(then)} -> {Text(day)}");
        return changes.Count == 0 ? null : string.Join(", ", changes);
    }

    private static string Text(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
