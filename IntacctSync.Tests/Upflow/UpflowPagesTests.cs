using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow;

public sealed class UpflowPagesTests
{
    [Theory]
    [InlineData("upflow-customers", "C-1", "5b1e", "customers/5b1e", "CUSTOMER CUSTOMERID C-1")]
    [InlineData("upflow-invoices", "553", "9d20", "invoices/9d20", "ARINVOICE RECORDNO 553")]
    [InlineData("upflow-invoices", "ARADJUSTMENT-7", "9d21", "invoices/9d21", "ARADJUSTMENT RECORDNO 7")]
    [InlineData("upflow-credit-notes", "ARADJUSTMENT-8", "77", "customers/5b1e", "ARADJUSTMENT RECORDNO 8")]
    [InlineData("upflow-payments", "900", "78", "customers/5b1e", "ARPYMT RECORDNO 900")]
    [InlineData("upflow-payments", "ARADVANCE-3", "78", "customers/5b1e", "ARADVANCE RECORDNO 3")]
    [InlineData("upflow-receipts", "pay-1", "901", "customers/5b1e", "ARPYMT RECORDNO 901")]
    [InlineData("upflow-receipts", "pay-1", null, "customers/5b1e", null)]
    public void Each_record_has_its_page_in_both_systems(
        string flow,
        string sourceId,
        string? targetId,
        string page,
        string? intacct
    )
    {
        var places = UpflowPages.Of(Entry(flow, sourceId, targetId), Entry("upflow-customers", "C-1", "5b1e"));
        Assert.Equal("https://app.upflow.io/" + page, places.App?.AbsoluteUri);
        Assert.Equal(intacct, places.Intacct is { } place ? $"{place.Object} {place.Field} {place.Key}" : null);
    }

    [Fact]
    public void Without_its_customer_a_payment_has_no_page_in_Upflow() =>
        Assert.Null(UpflowPages.Of(Entry("upflow-payments", "900", "78"), null).App);

    private static KeyMapEntry Entry(string flow, string sourceId, string? targetId) =>
        new() { Key = new SyncKey(Some.ConnectionId, FlowName.Parse(flow), sourceId), TargetId = targetId };
}
