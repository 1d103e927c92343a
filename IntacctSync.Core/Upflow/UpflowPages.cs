using IntacctSync.Core.Apps;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>Where people see a record in Upflow, and what it is in Intacct. Pure.</summary>
/// <remarks>
/// Answers of Upflow name the page of a customer as <c>https://app.upflow.io/customers/ID</c> (<c>directUrl</c>, seen
/// in public fixtures); that of an invoice is made alike [assumed]. Credit notes and payments are shown on their
/// customer's page.
/// </remarks>
internal static class UpflowPages
{
    private const string Root = "https://app.upflow.io";

    /// <param name="entry">The record.</param>
    /// <param name="customer">Its customer's record; null where none is known.</param>
    public static RecordPlaces Of(KeyMapEntry entry, KeyMapEntry? customer) =>
        new(App(entry, customer) is { } path ? new Uri($"{Root}/{path}") : null, Intacct(entry));

    private static string? App(KeyMapEntry entry, KeyMapEntry? customer)
    {
        var flow = entry.Key.Flow;
        return flow == UpflowFlows.Customers ? Page("customers", entry.TargetId)
            : flow == UpflowFlows.Invoices ? Page("invoices", entry.TargetId)
            : Page("customers", customer?.TargetId);
    }

    private static string? Page(string kind, string? id) => id is null ? null : $"{kind}/{Uri.EscapeDataString(id)}";

    private static IntacctPlace? Intacct(KeyMapEntry entry)
    {
        var (flow, id) = (entry.Key.Flow, entry.Key.SourceId);
        if (flow == UpflowFlows.Customers)
            return new IntacctPlace("CUSTOMER", "CUSTOMERID", id);
        if (flow == UpflowFlows.Receipts)
            return entry.TargetId is { } posted ? IntacctPlace.Of(UpflowIds.Payment, posted) : null;
        return UpflowIds.Parse(id) is var (objectName, recordNo)
            ? IntacctPlace.Of(objectName, recordNo)
            : IntacctPlace.Of(flow == UpflowFlows.Payments ? UpflowIds.Payment : UpflowIds.Invoice, id);
    }
}
