using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// The payments of invoices and credit notes that were carried to Upflow while payments were off, many rows at a time.
/// </summary>
internal sealed class EarlierPaymentPages(RecordQuery records, LostLinks links) : IEarlierRecords
{
    private const int Page = 200;

    /// <summary>For how many rows Intacct is asked at once, since each question is billed.</summary>
    private const int Rows = 2_000;

    private static readonly FlowName[] Flows = [UpflowFlows.Invoices, UpflowFlows.CreditNotes];

    public async Task<BackfillChunk> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var at = after is null ? 0 : after[0] - '0';
        var flow = Flows[at];
        var within = after is { Length: > 1 } ? after[1..] : null;
        var linked = new List<string>();
        var rows = 0;
        do
        {
            var page = await records.ListAsync(connection.Id, flow, null, null, within, Page, cancellationToken);
            linked.AddRange(page.Items.Where(IsThere).Select(e => e.Key.SourceId));
            rows += page.Items.Count;
            within = page.Next;
        } while (within is not null && rows < Rows);

        var payments = await links.PaymentsAsync(credentials, flow, linked, cancellationToken);
        return new BackfillChunk(
            [.. payments.Select(p => new SeenRecord(p, null))],
            within is not null ? $"{at}{within}"
                : at + 1 < Flows.Length ? $"{at + 1}"
                : null
        );
    }

    /// <summary>An invoice has its counterpart, a credit note its documents.</summary>
    private static bool IsThere(KeyMapEntry entry) => entry.TargetId is not null || entry.Parts is { Length: > 0 };
}
