using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>How each flow's two sides are compared, in the order of the flows.</summary>
internal sealed class UpflowComparisons(
    UpflowClient upflow,
    IntacctClient intacct,
    OpenPayments payments,
    OpenDocuments open,
    BookedPayments booked,
    KnownSources sources,
    RecordQuery records,
    KeyMapStore keyMap
)
{
    public IReadOnlyList<IFlowComparison> All { get; } =
    [
        new CustomerComparison(upflow, intacct, open, keyMap),
        new ReceivableComparison(upflow, intacct, keyMap),
        new CreditNoteComparison(upflow, intacct, keyMap),
        new PaymentComparison(upflow, payments, keyMap),
        new ReceiptComparison(new ComparedReceipts(upflow, sources, keyMap), booked, records, keyMap),
    ];
}
