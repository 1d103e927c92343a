using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>Reads the counterparts of linked invoices, many at once.</summary>
internal static class BookedReader
{
    /// <returns>By source id; what is not in it is no longer in Intacct.</returns>
    public static async Task<Dictionary<string, BookedInvoice>> ReadAsync(
        InvoicePass pass,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var open = sourceIds.Where(pass.IsOpen).ToList();
        if (open.Count == 0)
            return [];
        var byId = await pass.Books.ByIdAsync(
            pass.Batch,
            [.. open.Select(id => pass.Records[id].TargetId!)],
            cancellationToken
        );
        var found = open.Where(id => byId.ContainsKey(pass.Records[id].TargetId!))
            .ToDictionary(id => id, id => byId[pass.Records[id].TargetId!], StringComparer.Ordinal);
        var missing = open.Where(id => !found.ContainsKey(id)).ToList();
        if (missing.Count == 0)
            return found;

        foreach (var (id, booked) in await ElsewhereAsync(pass, missing, cancellationToken))
        {
            await RelinkAsync(pass, id, booked, cancellationToken);
            found[id] = booked;
        }

        return found;
    }

    /// <summary>
    /// An invoice that a document of Order Entry made has another RECORDNO after each edit of it, and a person may have
    /// linked one by its number.
    /// </summary>
    private static async Task<IEnumerable<(string SourceId, BookedInvoice Booked)>> ElsewhereAsync(
        InvoicePass pass,
        List<string> missing,
        CancellationToken cancellationToken
    )
    {
        var entries = missing.ConvertAll(id => pass.Records[id]);
        var found = new List<(string SourceId, BookedInvoice Booked)>();
        foreach (var group in entries.GroupBy(e => e.NaturalKey is null ? null : pass.Books.Of(e.TargetId!)))
        {
            // What a person has linked by its number may be in either book; all else stays in its own.
            var numbers = group
                .SelectMany(e => e.NaturalKey is { } key ? BookedInvoice.NumbersIn(key) : [e.TargetId!])
                .Distinct(StringComparer.Ordinal)
                .ToList();
            var booked = await (
                group.Key?.ByNumberAsync(pass.Batch, numbers, cancellationToken)
                ?? pass.Books.ByNumberAsync(pass.Batch, numbers, cancellationToken)
            );
            var going = booked.Where(b => b.State != BookedState.Reversed).ToList();
            found.AddRange(
                group
                    .Select(e => (e.Key.SourceId, Fitting: going.Where(b => IsOf(e, b)).ToList()))
                    .Where(f => f.Fitting.Count == 1)
                    .Select(f => (f.SourceId, f.Fitting[0]))
            );
        }

        return found;
    }

    private static bool IsOf(KeyMapEntry entry, BookedInvoice booked) =>
        entry.NaturalKey is { } key
            ? booked.MadeByOrderEntry && string.Equals(booked.NaturalKey, key, StringComparison.OrdinalIgnoreCase)
            : booked.Number == entry.TargetId;

    private static async Task RelinkAsync(
        InvoicePass pass,
        string sourceId,
        BookedInvoice booked,
        CancellationToken cancellationToken
    )
    {
        if (pass.Shadow)
            return;
        var entry = pass.Records[sourceId];
        var relinked = entry with
        {
            TargetId = booked.TargetId,
            NaturalKey = booked.NaturalKey,
            WriteBack = WriteBack.Due,
        };
        await pass.Records.SaveAsync(
            [
                relinked.Note(
                    pass.Records.Now,
                    "relinked",
                    $"{entry.TargetId} is gone, and {booked.TargetId} has its number {booked.Number}."
                ),
            ],
            cancellationToken
        );
    }
}
