using IntacctSync.Core.Connections;
using IntacctSync.Core.Flows;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>The payments of a batch on their way through the flow, and what holds for all of them.</summary>
internal sealed class PaymentPass(RecordPass records)
{
    private readonly IReadOnlyList<PaymentWork> _works =
    [
        .. records.Batch.Records.Select(r => new PaymentWork(records, r)),
    ];

    public RecordPass Records => records;

    public FlowBatch Batch => records.Batch;

    public DateTimeOffset Now => records.Now;

    public bool Shadow => Batch.Connection.Settings.Mode == SyncMode.Shadow;

    /// <summary>The payments that are neither done nor failed.</summary>
    public IReadOnlyList<PaymentWork> Open => [.. _works.Where(w => w.IsOpen)];
}
