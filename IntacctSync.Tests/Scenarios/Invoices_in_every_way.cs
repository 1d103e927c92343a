using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Invoices_in_every_way : WaysTest
{
    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_awaits_payment_is_booked_once_and_gets_its_id(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        Assert.Equal((1, 1, 1), await NoticeAsync(way, ZuperFlows.Invoices));

        var invoice = Assert.Single(Invoices);
        Assert.Equal(
            (InvoiceId(uid), "294.75", SageId(Organization)),
            (invoice["RECORDNO"], invoice["TRX_TOTALENTERED"], invoice["CUSTOMERID"])
        );
        Assert.Equal(["240", "54.75"], Amounts(uid));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_changed_line_is_one_update(Way way)
    {
        var uid = await SyncedAsync(way);
        EditLines(uid, lines => lines[0]!["unit_price"] = 130);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Invoices));
        Assert.Equal(["130"], Amounts(uid));
        Assert.Single(Invoices);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_payment_in_Zuper_writes_nothing(Way way)
    {
        var uid = await SyncedAsync(way);
        Zuper.Screens.Pay(uid, 29);
        Assert.Equal((0, 0, 0), await NoticeAsync(way, ZuperFlows.Invoices));
        await AssertSyncedAsync(uid);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_cancelled_is_reversed_once(Way way)
    {
        var uid = await SyncedAsync(way);
        var number = Booked(uid)["RECORDID"];
        Zuper.Screens.SetStatus(uid, "CANCELED");
        Assert.Equal(1, (await NoticeAsync(way, ZuperFlows.Invoices)).Intacct);
        Assert.Contains(
            Invoices,
            i => i["RECORDID"] == number && i["STATE"].StartsWith("Reversed", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(
            0m,
            Invoices.Sum(i => decimal.Parse(i["TRX_TOTALENTERED"], System.Globalization.CultureInfo.InvariantCulture))
        );
        await AssertSyncedAsync(uid);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_deleted_is_reversed_once(Way way)
    {
        var uid = await SyncedAsync(way);
        Zuper.Screens.Delete(uid);
        Assert.Equal(1, (await NoticeAsync(way, ZuperFlows.Invoices)).Intacct);
        Assert.Equal(
            0m,
            Invoices.Sum(i => decimal.Parse(i["TRX_TOTALENTERED"], System.Globalization.CultureInfo.InvariantCulture))
        );
        await AssertSyncedAsync(uid);
    }

    private async Task<string> SyncedAsync(Way way)
    {
        await ConnectAsync(way);
        var uid = MakeInvoice();
        await NoticeAsync(way, ZuperFlows.Invoices);
        await AssertSyncedAsync(uid);
        return uid;
    }
}
