namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// Pairs the lines of a Zuper invoice with those that Intacct has. Intacct keeps no id of ours on a line, so lines are
/// told by what they say. Pure.
/// </summary>
/// <param name="Pairs">Lines that are on both sides.</param>
/// <param name="Added">The lines that Intacct lacks.</param>
/// <param name="Left">How many lines Intacct has that Zuper no longer has.</param>
internal sealed record LinePairs<T>(
    IReadOnlyList<(T Wanted, BookedLine Booked)> Pairs,
    IReadOnlyList<T> Added,
    int Left
)
    where T : class
{
    /// <param name="wanted">As it is to be.</param>
    /// <param name="booked">As it is.</param>
    /// <param name="likeness">How sure it is that both are the same line; 0 for not at all.</param>
    public static LinePairs<T> Of(
        IReadOnlyList<T> wanted,
        IReadOnlyList<BookedLine> booked,
        Func<T, BookedLine, int> likeness
    )
    {
        var open = Enumerable.Range(0, wanted.Count).ToList();
        var free = booked.ToList();
        var pairs = new SortedDictionary<int, BookedLine>();

        // The surest pairs come first, and among equally sure ones the first lines. Lines that resemble nothing are
        // paired with those that are left, in their order.
        var grades = open.SelectMany(i => free.Select(b => likeness(wanted[i], b)))
            .Distinct()
            .OrderDescending()
            .ToList();
        foreach (var grade in grades)
        {
            foreach (var i in open.ToList())
            {
                if (free.Find(b => likeness(wanted[i], b) == grade) is not { } match)
                    continue;
                pairs[i] = match;
                open.Remove(i);
                free.Remove(match);
            }
        }

        return new LinePairs<T>(
            [.. pairs.Select(p => (wanted[p.Key], p.Value))],
            [.. open.Select(i => wanted[i])],
            free.Count
        );
    }
}
