using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Tells the invoices whose lines a person has booked since Zuper's parts do not make Zuper's total. The link by hand
/// to an invoice with that total is the answer to it, and is remembered: the lines then stay as they are booked,
/// whatever else changes. Pure.
/// </summary>
internal static class LinesByHand
{
    private const string Mark = "lines by hand ";

    /// <summary>
    /// Whether the lines of its counterpart are a person's: the counterpart was linked and nothing was written to it
    /// yet, or this was found out before.
    /// </summary>
    public static bool Are(KeyMapEntry entry) =>
        entry is { Adopted: true, Hash: null } || entry.Parts == MarkOf(entry.TargetId);

    /// <summary>The row once that is found out. It holds for this counterpart, and for no other one.</summary>
    public static KeyMapEntry Noted(KeyMapEntry entry, InvoiceDraft draft) =>
        draft.SumProblem is null ? entry : entry with { Parts = MarkOf(entry.TargetId) };

    /// <summary>What the row keeps where its counterpart has got another id.</summary>
    public static string? Moved(KeyMapEntry entry, string targetId) =>
        entry.Parts == MarkOf(entry.TargetId) ? MarkOf(targetId) : entry.Parts;

    private static string MarkOf(string? targetId) => Mark + targetId;
}
