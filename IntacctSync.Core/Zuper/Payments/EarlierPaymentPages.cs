using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// The payments of invoices that were adopted, or linked by hand, while payments were off; a page of rows at a time. An
/// invoice that was made from Zuper was paid after the connection was made, so the feed shows its payments. Then the
/// payments that were recorded on such invoices: one that was linked to another invoice before may still have those of
/// that one.
/// </summary>
internal sealed class EarlierPaymentPages(RecordQuery records, EarlierPayments earlier, KeyMapStore keyMap)
    : IEarlierRecords
{
    private const int Page = 200;

    /// <summary>Begins the bookmark of what was recorded.</summary>
    private const string Recorded = "recorded:";

    public Task<BackfillChunk> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        string? after,
        CancellationToken cancellationToken
    ) =>
        after?.StartsWith(Recorded, StringComparison.Ordinal) == true
            ? RecordedAsync(connection, after[Recorded.Length..], cancellationToken)
            : OfLinkedAsync(connection, credentials, after, cancellationToken);

    private async Task<BackfillChunk> OfLinkedAsync(
        Connection connection,
        IntacctCredentials credentials,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var page = await records.ListAsync(
            connection.Id,
            ZuperFlows.Invoices,
            null,
            null,
            after,
            Page,
            cancellationToken
        );
        var linked = page.Items.Where(WasLinked).ToLookup(IsInvoice);
        var payments = await earlier.FindAsync(
            credentials,
            [.. linked[true].Select(e => e.TargetId!)],
            [.. linked[false].SelectMany(WaitingPayments.NamesOf)],
            cancellationToken
        );
        return new BackfillChunk([.. payments.Keys.Select(p => new SeenRecord(p, null))], page.Next ?? Recorded);
    }

    private async Task<BackfillChunk> RecordedAsync(
        Connection connection,
        string after,
        CancellationToken cancellationToken
    )
    {
        var page = await records.ListAsync(
            connection.Id,
            ZuperFlows.Payments,
            null,
            null,
            after.Length == 0 ? null : after,
            Page,
            cancellationToken
        );
        var parts = page
            .Items.SelectMany(e => PaymentPart.Of(e).Where(p => p.Amount > 0).Select(p => (e.Key.SourceId, p.Invoice)))
            .ToList();
        var invoices = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Invoices,
            [.. parts.Select(p => p.Invoice).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        return new BackfillChunk(
            [
                .. parts
                    .Where(p => WasLinked(invoices[p.Invoice]))
                    .Select(p => p.SourceId)
                    .Distinct(StringComparer.Ordinal)
                    .Select(id => new SeenRecord(id, null)),
            ],
            page.Next is null ? null : Recorded + page.Next
        );
    }

    private static bool WasLinked(KeyMapEntry invoice) => invoice is { TargetId: not null, IsOwn: false };

    /// <summary>Whether it is linked to an invoice, and not to a document of Order Entry, whose id has its
    /// definition's name in it.</summary>
    private static bool IsInvoice(KeyMapEntry entry) => RecordNumber.Is(entry.TargetId);
}
