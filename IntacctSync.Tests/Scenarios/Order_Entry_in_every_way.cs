using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Order_Entry_in_every_way : WaysTest
{
    [Theory]
    [MemberData(nameof(All))]
    public async Task An_invoice_becomes_one_document_and_gets_its_id(Way way)
    {
        var (uid, written) = await SyncedAsync(way);
        Assert.Equal((1, 1), (written.Intacct, written.WriteBacks));
        var document = Assert.Single(Documents);
        Assert.Equal((InvoiceId(uid), SageId(Organization)), (document["DOCID"], document["CUSTVENDID"]));
        Assert.Equal("129", document["TRX_TOTAL"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_changed_line_is_one_update_and_the_document_keeps_its_id(Way way)
    {
        var (uid, _) = await SyncedAsync(way);
        var id = InvoiceId(uid);
        EditLines(uid, lines => lines[0]!["unit_price"] = 130);
        Assert.Equal((1, 0, 0), await NoticeAsync(way, ZuperFlows.Invoices));
        Assert.Equal(("130", id, id), (Assert.Single(Documents)["TRX_TOTAL"], Documents[0]["DOCID"], InvoiceId(uid)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_payment_in_Zuper_writes_nothing(Way way)
    {
        var (uid, _) = await SyncedAsync(way);
        Zuper.Screens.Pay(uid, 29);
        Assert.Equal((0, 0, 0), await NoticeAsync(way, ZuperFlows.Invoices));
        await AssertSyncedAsync(uid);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_that_is_cancelled_is_taken_out_of_the_books(Way way)
    {
        var (uid, _) = await SyncedAsync(way);
        Zuper.Screens.SetStatus(uid, "CANCELED");
        Assert.Equal(1, (await NoticeAsync(way, ZuperFlows.Invoices)).Intacct);
        Assert.Empty(Documents);
        await AssertSyncedAsync(uid);
    }

    private async Task<(string Uid, (int Intacct, int WriteBacks, int Zuper) Written)> SyncedAsync(Way way)
    {
        await ConnectAsync(
            way,
            s => WithInvoice(s, i => i with { Document = InvoiceDocument.OrderEntry, DefaultLocationId = "100" })
        );
        var product = await ProductAsync();
        var uid = MakeInvoice(Line("HVAC Tune-up", 1, 129, l => l["product_uid"] = product));
        var written = await NoticeAsync(way, ZuperFlows.Invoices);
        await AssertSyncedAsync(uid);
        return (uid, written);
    }

    /// <summary>A product that the key map links to the item SVC-HVAC.</summary>
    private async Task<string> ProductAsync()
    {
        var uid = Zuper.Screens.Create(
            ZuperModules.Product,
            new()
            {
                ["product_name"] = "HVAC Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_type"] = "PRODUCT",
                ["product_category"] = ZuperCategories.Parts,
                ["price"] = 129,
            }
        );
        var key = new SyncKey(Id, ZuperFlows.Products, "SVC-HVAC");
        Assert.Single(
            await Process
                .Get<KeyMapStore>()
                .SaveAsync(
                    [
                        new KeyMapEntry
                        {
                            Key = key,
                            State = RecordState.Synced,
                            TargetId = uid,
                            Title = "SVC-HVAC",
                        },
                    ],
                    Forever
                )
        );
        return uid;
    }
}
