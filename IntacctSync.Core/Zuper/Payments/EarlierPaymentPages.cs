using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// The payments of invoices that were adopted, or linked by hand, while payments were off; a page of rows at a time. An
/// invoice that was made from Zuper was paid after the connection was made, so the feed shows its payments.
/// </summary>
internal sealed class EarlierPaymentPages(RecordQuery records, EarlierPayments earlier) : IEarlierRecords
{
    private const int Page = 200;

    public async Task<BackfillChunk> ReadAsync(
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
        var linked = page.Items.Where(e => e is { TargetId: not null, IsOwn: false }).ToLookup(e => IsInvoice(e));
        var payments = await earlier.FindAsync(
            credentials,
            [.. linked[true].Select(e => e.TargetId!)],
            [.. linked[false].SelectMany(WaitingPayments.NamesOf)],
            cancellationToken
        );
        return new BackfillChunk([.. payments.Keys.Select(p => new SeenRecord(p, null))], page.Next);
    }

    /// <summary>Whether it is linked to an invoice, and not to a document of Order Entry, whose id has its
    /// definition's name in it.</summary>
    private static bool IsInvoice(KeyMapEntry entry) => entry.TargetId!.All(char.IsAsciiDigit);
}
