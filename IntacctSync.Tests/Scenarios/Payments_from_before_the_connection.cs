using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// No poll reads a payment that is older than the connection. It is looked for when its invoice is linked: else Zuper
/// would ask for money that Intacct has.
/// </summary>
public class Payments_from_before_the_connection : PaidFirstTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task That_of_an_invoice_that_is_adopted_is_recorded(bool bySageId)
    {
        var payment = await PaidInvoiceAsync(129);
        var uid = MakeInvoice(i =>
        {
            if (bySageId)
                i["custom_fields"] = new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Sage Invoice ID",
                        ["value"] = RecordNo,
                        ["type"] = "SINGLE_LINE",
                    }
                );
        });
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task That_of_an_invoice_that_a_person_links_is_recorded()
    {
        var payment = await PaidInvoiceAsync(200);
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "number-taken");

        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Invoices, uid, RecordNo, Forever);
        await RestAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Nothing_is_asked_for_an_invoice_without_payments_and_where_payments_are_not_synced()
    {
        var payment = await PaidInvoiceAsync(129);
        await SettingsAsync(s => s with { SyncPayments = false });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Standing(uid));
        Assert.Null(await PaymentAsync(payment));
    }

    private string RecordNo => Intacct.Screens.InvoiceNo(Number).ToString(CultureInfo.InvariantCulture);
}
