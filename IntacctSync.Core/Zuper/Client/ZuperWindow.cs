using System.Globalization;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// Records updated in a span of time. Both ends are always sent: Zuper ignores a window with one end.
/// </summary>
/// <remarks>
/// When pages are read one after the other, let the end lie in the future: a record that is changed meanwhile then
/// stays in the window instead of leaving it and moving the next one onto a page that was read already.
/// </remarks>
public sealed record ZuperWindow
{
    /// <exception cref="ArgumentException">The window ends before it starts.</exception>
    public ZuperWindow(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
            throw new ArgumentException($"The window ends ({Text(to)}) before it starts ({Text(from)}).", nameof(to));
        (From, To) = (from, to);
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    internal string Query =>
        $"filter.updated_at_from={Uri.EscapeDataString(Text(From))}"
        + $"&filter.updated_at_to={Uri.EscapeDataString(Text(To))}";

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The records that could be read; empty on the page after the last.</param>
/// <param name="Number">From 1.</param>
/// <param name="TotalRecords">As Zuper counted them when it made this page, if it said.</param>
public sealed record ZuperPage<T>(IReadOnlyList<T> Items, int Number, long? TotalRecords)
{
    /// <summary>
    /// Whether the record before this page was not read: it has moved to a page that was.
    /// </summary>
    public bool HasMoved { get; init; }
}

/// <summary>What goes for the pages of every list.</summary>
internal static class ZuperPage
{
    /// <summary>
    /// Whether the record right before a page was not read, so that it has moved to a page that was. It is asked for
    /// after the page: what moves later was not missed there. Pure.
    /// </summary>
    /// <param name="before">The record before the page, as a page of one.</param>
    /// <param name="wasRead">Whether a record was read.</param>
    /// <returns>False also of a service that gives more than it is asked for.</returns>
    public static bool HasMoved<T>(ZuperPage<T> before, Func<T, bool> wasRead) =>
        before.Items switch
        {
            [] => true,
            [var only] => !wasRead(only),
            _ => false,
        };

    /// <summary>A list that would be read for ever.</summary>
    /// <param name="records">What is listed, such as <c>invoices</c>.</param>
    /// <param name="number">The page that brought nothing new.</param>
    public static ZuperException Repeated(string records, int number) =>
        new(
            ZuperFailure.Unreadable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Zuper's list of {records} repeats itself: page {number} holds only what was on pages before it. "
                    + $"Reading stops rather than going round for ever. It is tried again; if it stays so, report it."
            )
        );

    /// <summary>The failure of a list that has more pages than any account should.</summary>
    /// <param name="records">Of what it is a list.</param>
    /// <param name="number">Of the page that is one too many, counted from 1.</param>
    public static ZuperException TooLong(string records, int number) =>
        new(
            ZuperFailure.Unreadable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Zuper's list '{records}' has a page {number}, which is more than is read. Delete there what is no "
                    + $"longer needed; if it is all needed, report it."
            )
        );
}
