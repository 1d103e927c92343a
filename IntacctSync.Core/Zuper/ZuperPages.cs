using IntacctSync.Core.Apps;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Payments;

namespace IntacctSync.Core.Zuper;

/// <summary>Where people see a record in Zuper's web app, and what it is in Intacct. Pure.</summary>
/// <remarks>
/// Zuper documents no addresses of its web app. Those of an organization,
/// <c>https://web.zuperpro.com/organizations/UID</c>, and of a job, <c>/jobs/UID/details</c>, stand in public programs
/// that link to them; the others are made alike [assumed].
/// </remarks>
internal static class ZuperPages
{
    private const string Root = "https://web.zuperpro.com";

    public static RecordPlaces Of(KeyMapEntry entry, InvoiceDocument document) =>
        new(App(entry) is { } path ? new Uri($"{Root}/{path}") : null, Intacct(entry, document));

    private static string? App(KeyMapEntry entry)
    {
        var (flow, id) = (entry.Key.Flow, Uri.EscapeDataString(OwnCustomer.Uid(entry.Key.SourceId)));
        if (flow == ZuperFlows.Organizations)
            return OwnCustomer.Uid(entry.Key.SourceId) == entry.Key.SourceId
                ? $"organizations/{id}"
                : $"customers/{id}/details";
        if (flow == ZuperFlows.Customers)
            return $"customers/{id}/details";
        if (flow == ZuperFlows.Invoices)
            return $"invoices/{id}/details";
        if (flow == ZuperFlows.Products)
            return entry.TargetId is { } product ? $"products/{Uri.EscapeDataString(product)}/details" : null;
        return flow == ZuperFlows.Payments && PaymentPart.Of(entry) is [var part, ..]
            ? $"invoices/{Uri.EscapeDataString(part.Invoice)}/details"
            : null;
    }

    private static IntacctPlace? Intacct(KeyMapEntry entry, InvoiceDocument document)
    {
        var flow = entry.Key.Flow;
        if (flow == ZuperFlows.Products)
            return new IntacctPlace("ITEM", "ITEMID", entry.Key.SourceId);
        if (flow == ZuperFlows.Payments)
            return IntacctPlace.Of("ARPYMT", entry.Key.SourceId);
        if (entry.TargetId is not { } target)
            return null;
        return flow == ZuperFlows.Organizations ? new IntacctPlace("CUSTOMER", "CUSTOMERID", target)
            : flow == ZuperFlows.Customers ? new IntacctPlace("CONTACT", "CONTACTNAME", target)
            : document == InvoiceDocument.OrderEntry ? new IntacctPlace("SODOCUMENT", "DOCID", target)
            : IntacctPlace.Of("ARINVOICE", target);
    }
}
