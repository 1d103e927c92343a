using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper;

public sealed class ZuperPagesTests
{
    private const string Web = "https://web.zuperpro.com/";

    [Theory]
    [InlineData("organizations", "uid-1", "C-1", "organizations/uid-1", "CUSTOMER CUSTOMERID C-1")]
    [InlineData("organizations", "customer:uid-1", "C-1", "customers/uid-1/details", "CUSTOMER CUSTOMERID C-1")]
    [InlineData("customers", "uid-1", "Ann", "customers/uid-1/details", "CONTACT CONTACTNAME Ann")]
    [InlineData("invoices", "uid-1", "553", "invoices/uid-1/details", "ARINVOICE RECORDNO 553")]
    [InlineData("invoices", "uid-1", null, "invoices/uid-1/details", null)]
    [InlineData("products", "I-1", "uid-9", "products/uid-9/details", "ITEM ITEMID I-1")]
    [InlineData("products", "I-1", null, null, "ITEM ITEMID I-1")]
    [InlineData("payments", "900", null, null, "ARPYMT RECORDNO 900")]
    public void Each_record_has_its_page_in_both_systems(
        string flow,
        string sourceId,
        string? targetId,
        string? page,
        string? intacct
    )
    {
        var places = ZuperPages.Of(Entry(flow, sourceId, targetId), InvoiceDocument.ArInvoice);
        Assert.Equal(page is null ? null : Web + page, places.App?.AbsoluteUri);
        Assert.Equal(intacct, Text(places.Intacct));
    }

    [Fact]
    public void A_payment_is_seen_on_its_invoice_and_an_order_under_its_own_object()
    {
        var payment = new PaymentPart("uid-7", 40, 1).In(Entry("payments", "900", null));
        Assert.Equal(
            Web + "invoices/uid-7/details",
            ZuperPages.Of(payment, InvoiceDocument.ArInvoice).App?.AbsoluteUri
        );
        Assert.Equal(
            "SODOCUMENT DOCID Sales Invoice-1",
            Text(ZuperPages.Of(Entry("invoices", "uid-1", "Sales Invoice-1"), InvoiceDocument.OrderEntry).Intacct)
        );
    }

    private static string? Text(IntacctPlace? place) =>
        place is null ? null : $"{place.Object} {place.Field} {place.Key}";

    private static KeyMapEntry Entry(string flow, string sourceId, string? targetId) =>
        new() { Key = new SyncKey(Some.ConnectionId, FlowName.Parse(flow), sourceId), TargetId = targetId };
}
