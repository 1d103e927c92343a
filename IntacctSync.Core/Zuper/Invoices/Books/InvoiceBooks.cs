using IntacctSync.Core.Connections;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>Both books. A new invoice goes where the settings say; a linked one stays where it is.</summary>
internal sealed class InvoiceBooks(
    ReceivableBook receivable,
    OrderEntryBook orderEntry,
    IntacctClient intacct,
    KeyMapStore keyMap
)
{
    /// <summary>So many other linked invoices are looked at where none of those in question is shown.</summary>
    private const int Witnesses = 10;

    public IInvoiceBook ForNew(Connection connection) =>
        connection.Zuper().Invoice.Document == InvoiceDocument.OrderEntry ? orderEntry : receivable;

    public IInvoiceBook Of(string targetId) => IsReceivable(targetId) ? receivable : orderEntry;

    /// <summary>Whether a counterpart's id is one of Accounts Receivable.</summary>
    public bool IsReceivable(string targetId) => receivable.Owns(targetId);

    /// <summary>
    /// The invoices with one of the numbers that would be in the way of a new one. A document of Order Entry makes an
    /// invoice with its number, so both books are searched for it. An invoice whose document was found is left out.
    /// </summary>
    public async Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        CancellationToken cancellationToken
    )
    {
        var invoices = await receivable.ByNumberAsync(batch, numbers, cancellationToken);
        if (ForNew(batch.Connection) != orderEntry)
            return invoices;
        var documents = await orderEntry.ByNumberAsync(batch, numbers, cancellationToken);
        var made = documents.Select(d => d.NaturalKey).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. documents, .. invoices.Where(i => !(i.MadeByOrderEntry && made.Contains(i.NaturalKey)))];
    }

    /// <summary>The invoices among the ids that exist, by id.</summary>
    public async Task<Dictionary<string, BookedInvoice>> ByIdAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, BookedInvoice>(StringComparer.OrdinalIgnoreCase);
        foreach (var ids in targetIds.Distinct(StringComparer.Ordinal).GroupBy(Of))
        {
            foreach (var booked in await ids.Key.ByIdAsync(batch, [.. ids], cancellationToken))
                found[booked.TargetId] = booked;
        }

        return found;
    }

    /// <summary>
    /// Whether Intacct shows another linked invoice of a book. Where it shows none, the user's rights have more likely
    /// changed than that one is gone.
    /// </summary>
    /// <param name="batch">Whose invoices.</param>
    /// <param name="book">The book.</param>
    /// <param name="targetIds">The invoices in question, none of which counts.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> ShowsOthersAsync(
        FlowBatch batch,
        IInvoiceBook book,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        // A document that was deleted is shown no more; a reversed invoice stays.
        var asked = targetIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = await keyMap.SomeLinkedAsync(
            batch.Connection.Id,
            ZuperFlows.Invoices,
            e =>
                !asked.Contains(e.TargetId!)
                && Of(e.TargetId!) == book
                && (book == receivable || InvoiceHash.IsInBooks(e.Hash)),
            Witnesses,
            cancellationToken
        );
        return others.Count > 0
            && (await book.ByIdAsync(batch, [.. others.Select(e => e.TargetId!)], cancellationToken)).Count > 0;
    }

    /// <summary>How writes are named, found again and settled.</summary>
    /// <param name="batch">Whose writes.</param>
    /// <param name="invoiceOf">As Zuper has it, by source id; null while it is not read.</param>
    public WriteTarget Target(FlowBatch batch, Func<string, ZuperInvoice?> invoiceOf)
    {
        IReadOnlyList<BookedInvoice> standing = [];
        var currency = batch.Connection.Zuper().Invoice.Currency;
        return new(
            static (_, result) => result.Key,
            async (keys, token) =>
            {
                standing = await StandingAsync(batch, keys, token);
                return standing
                    .Where(b =>
                        batch.Records.Any(r => r.Entry.Intent is { } intent && SettledInvoice.Fits(b, intent, currency))
                    )
                    .GroupBy(b => b.NaturalKey, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(g => g.Key, g => g.First().TargetId, StringComparer.OrdinalIgnoreCase);
            },
            (entry, id) =>
                InvoiceFlow.Field.Applies(entry)
                && !InvoiceFlow.Field.Shows(entry with { TargetId = id }, invoiceOf(entry.Key.SourceId)),
            (ids, token) => EndedAsync(batch, ids, token),
            GoneAsync,
            intent => SettledInvoice.ObjectionTo(intent, standing, currency)
        );
    }

    /// <summary>
    /// What stands under the keys of creates without an answer. Each is looked for in the book that its write went to.
    /// The settings may name the other one by now.
    /// </summary>
    private async Task<IReadOnlyList<BookedInvoice>> StandingAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> naturalKeys,
        CancellationToken cancellationToken
    )
    {
        var wanted = naturalKeys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var definitions = batch
            .Records.Select(r => r.Entry.Intent)
            .Where(i => i is { Operation: Intent.Create, NaturalKey: { } key } && wanted.Contains(key))
            .Select(i => (Key: i!.NaturalKey!, Definition: OrderEntryRequests.DefinitionOf(i.Function)))
            .ToLookup(i => i.Definition is not null);
        var found = (await receivable.ByNumberAsync(batch, Numbers(definitions[false]), cancellationToken))
            .Where(b => IsOf(b, definitions[false]))
            .Concat(
                (
                    await orderEntry.ByNumberAsync(
                        batch,
                        Numbers(definitions[true]),
                        [.. definitions[true].Select(d => d.Definition!).Distinct(StringComparer.Ordinal)],
                        cancellationToken
                    )
                ).Where(b => IsOf(b, definitions[true]))
            );
        return [.. found];

        static List<string> Numbers(IEnumerable<(string Key, string? Definition)> intents) =>
            [.. intents.SelectMany(i => BookedInvoice.NumbersIn(i.Key)).Distinct(StringComparer.Ordinal)];

        static bool IsOf(BookedInvoice booked, IEnumerable<(string Key, string? Definition)> intents) =>
            intents.Any(i => string.Equals(i.Key, booked.NaturalKey, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// A reversed invoice of Accounts Receivable stays and says so. Of a document of Order Entry, which is deleted,
    /// nothing is concluded here.
    /// </summary>
    private async Task<IReadOnlySet<string>> EndedAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    ) =>
        (await ByIdAsync(batch, targetIds, cancellationToken))
            .Values.Where(b => b.State == BookedState.Reversed)
            .Select(b => b.TargetId)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Documents of Order Entry that two looks do not show. That Intacct takes its deletion no more says as much of one
    /// that is cancelled as another document that is shown. One that another is to follow would be booked twice if it
    /// were only hidden.
    /// </summary>
    private async Task<IReadOnlySet<string>> GoneAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var documents = sourceIds.Where(id => Of(pass[id].TargetId!) == orderEntry).ToList();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        if (documents.Count == 0)
            return gone;
        string[] ids = [.. documents.Select(id => pass[id].TargetId!)];
        var shown = await ByIdAsync(pass.Batch, ids, cancellationToken);
        var absent = new AbsentCounterparts(pass, intacct);
        absent.Seen(documents.Where(id => shown.ContainsKey(pass[id].TargetId!)));
        foreach (
            var missing in documents
                .Where(id => !shown.ContainsKey(pass[id].TargetId!))
                .GroupBy(id => pass[id].Intent?.Hash == InvoiceHash.Reversed)
        )
            gone.UnionWith(
                await absent.JudgeAsync(
                    [.. missing],
                    async token => shown.Count > 0 || await ShowsOthersAsync(pass.Batch, orderEntry, ids, token),
                    id => InvoiceReversals.NotShown(pass[id]),
                    isTold: missing.Key,
                    cancellationToken
                )
            );
        return gone;
    }
}
