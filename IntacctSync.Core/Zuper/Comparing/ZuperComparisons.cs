using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Payments;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>The comparison of each flow, in their order.</summary>
internal sealed class ZuperComparisons(
    ZuperClient zuper,
    IntacctClient intacct,
    CustomFieldCatalog customFields,
    KeyMapStore keyMap,
    InvoiceLinks links,
    RecordQuery records
)
{
    public IReadOnlyList<IFlowComparison> All { get; } =
    [
        new CustomerComparison(zuper, intacct, customFields),
        new ContactComparison(zuper, intacct, customFields),
        new InvoiceComparison(zuper, intacct, customFields, keyMap, records),
        new ProductComparison(zuper, intacct),
        new PaymentComparison(zuper, intacct, links, records),
    ];
}
