using System.Globalization;

namespace IntacctSync.Web.Console.Words;

/// <summary>
/// What a form did, in words, on the page that follows it. Only these words are shown, whatever an address says.
/// </summary>
internal static class DoneWords
{
    public const string Retried = "retried";
    public const string RetriedAll = "retried-all";
    public const string Linked = "linked";
    public const string Ignored = "ignored";
    public const string Started = "started";
    public const string Cancelled = "cancelled";
    public const string Saved = "saved";
    public const string Created = "created";
    public const string Rests = "rests";
    public const string Activated = "activated";
    public const string Deactivated = "deactivated";
    public const string Purged = "purged";
    public const string Registered = "registered";

    /// <summary>That nothing was done.</summary>
    public const string UnderWay = "under-way";

    public static string? Of(string? done, string? count) =>
        done switch
        {
            Retried => "A retry is on its way. Load the page again in a moment to see how it ended.",
            RetriedAll => Count(count) is { } n
                ? $"{Amounts.Count(n, "record is", "records are")} being retried. What is mended leaves this page."
                : "They are being retried. What is mended leaves this page.",
            Linked => "The link is stored, and the record is being synced.",
            Ignored => "The record is ignored from now on. A retry undoes that.",
            Started => "It has begun.",
            Cancelled => "Cancelled: nothing more is looked for, and what was found is carried over.",
            Saved => "The settings are stored.",
            Created => "The connection is stored. Run the doctor, and read the lists to choose values from.",
            Rests => "Nothing is synced yet. Choose from the lists, store the settings, run the doctor, preview; then "
                + "activate the connection.",
            Activated => "The connection is active: its flows go on from where they stood. Records from before the "
                + "connection was made are carried over by a backfill, under Runs.",
            Deactivated => "The connection is deactivated: nothing is synced, and everything is kept.",
            Purged => "The connection and all that was known of it are forgotten.",
            Registered => Count(count) is { } n
                ? $"{Amounts.Count(n, "webhook was", "webhooks were")} registered."
                : "The webhooks were registered.",
            UnderWay =>
                "Another run of this kind was under way, so none was begun. This page shows that run. Wait for it, or "
                    + "cancel it, and ask again.",
            _ => null,
        };

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
