using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>The comparison of each flow, in their order.</summary>
internal sealed class ZuperComparisons(ZuperClient zuper, IntacctClient intacct, KeyMapStore keyMap)
{
    public IReadOnlyList<IFlowComparison> All { get; } =
    [
        new CustomerComparison(zuper, intacct),
        new ContactComparison(zuper, intacct),
        new InvoiceComparison(zuper, intacct, keyMap),
        new ProductComparison(zuper, intacct),
        new PaymentComparison(zuper, intacct, keyMap),
    ];
}
