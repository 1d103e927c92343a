using IntacctSync.Core.Connections;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Mapping;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>Both books. New invoices go where the settings say; what is linked stays where it is.</summary>
internal sealed class InvoiceBooks(ReceivableBook receivable, OrderEntryBook orderEntry)
{
    public IInvoiceBook ForNew(Connection connection) =>
        connection.Settings.Invoice.Document == InvoiceDocument.OrderEntry ? orderEntry : receivable;

    public IInvoiceBook Of(string targetId) => receivable.Owns(targetId) ? receivable : orderEntry;

    /// <summary>Those among the ids that exist, by id.</summary>
    public async Task<Dictionary<string, BookedInvoice>> ByIdAsync(FlowBatch batch, IReadOnlyCollection<string> targetIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BookedInvoice>(StringComparer.OrdinalIgnoreCase);
        foreach (var ids in targetIds.Distinct(StringComparer.Ordinal).GroupBy(Of))
        {
            foreach (var booked in await ids.Key.ByIdAsync(batch, [.. ids], cancellationToken))
                found[booked.TargetId] = booked;
        }

        return found;
    }

    /// <summary>How writes are named, found again and settled.</summary>
    /// <param name="batch">Whose writes.</param>
    /// <param name="invoices">As Zuper has them; those that are not in it are not read yet.</param>
    public WriteTarget Target(FlowBatch batch, IReadOnlyDictionary<string, ZuperInvoice> invoices) => new(
        static (_, result) => result.Key,
        (keys, token) => FindAsync(batch, keys, token),
        (entry, id) => entry.Hash is not (InvoiceHash.Reversed or InvoiceHash.Replaced)
            && !string.Equals(invoices.GetValueOrDefault(entry.Key.SourceId)?.CustomField(InvoiceMapper.SageInvoiceId), id, StringComparison.Ordinal),
        (ids, token) => EndedAsync(batch, ids, token));

    private async Task<IReadOnlyDictionary<string, string>> FindAsync(FlowBatch batch, IReadOnlyCollection<string> naturalKeys, CancellationToken cancellationToken)
    {
        var numbers = naturalKeys.SelectMany(BookedInvoice.NumbersIn).Distinct(StringComparer.Ordinal).ToList();
        var wanted = naturalKeys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (await ForNew(batch.Connection).ByNumberAsync(batch, numbers, cancellationToken))
            .Where(b => b.State != BookedState.Reversed && wanted.Contains(b.NaturalKey))
            .GroupBy(b => b.NaturalKey, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First().TargetId, StringComparer.OrdinalIgnoreCase);
    }

    private async Task<IReadOnlySet<string>> EndedAsync(FlowBatch batch, IReadOnlyCollection<string> targetIds, CancellationToken cancellationToken)
    {
        var found = await ByIdAsync(batch, targetIds, cancellationToken);
        return targetIds.Where(id => !found.TryGetValue(id, out var booked) || booked.State == BookedState.Reversed).ToHashSet(StringComparer.Ordinal);
    }
}
