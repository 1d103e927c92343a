using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Payments_of_Order_Entry : PaidFirstTest
{
    [Fact]
    public async Task A_payment_finds_the_document_that_made_its_invoice()
    {
        var uid = await OrderAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task A_number_that_is_another_invoices_id_leads_nowhere()
    {
        var uid = await OrderAsync();
        var store = Process.Get<KeyMapStore>();
        var other = MakeInvoice();
        await store.SaveAsync(
            [
                new KeyMapEntry
                {
                    Key = new SyncKey(Id, ZuperFlows.Invoices, other),
                    State = RecordState.Synced,
                    TargetId = Number,
                    Title = "INV-7",
                },
            ],
            Forever
        );
        var entry = await InvoiceEntryAsync(uid);
        await store.SaveAsync([entry with { TargetId = "Sales Invoice-INV-9", Title = "INV-9" }], Forever);
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        Assert.Empty(Standing(other));
        Assert.Empty(Standing(uid));
        Assert.Equal(RecordState.Skipped, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_document_that_is_another_customers_is_not_taken()
    {
        var uid = await OrderAsync();
        var entry = await InvoiceEntryAsync(uid);
        await Process.Get<KeyMapStore>().SaveAsync([entry with { NaturalKey = Number + "@C-OTHER" }], Forever);
        Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        Assert.Empty(Standing(uid));
    }

    /// <returns>The uid of an invoice that is booked as a document.</returns>
    private async Task<string> OrderAsync()
    {
        await BooksAsync(s =>
            WithInvoice(
                s with
                {
                    DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
                },
                i => i with { Document = InvoiceDocument.OrderEntry }
            )
        );
        var product = Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = "Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_category"] = ZuperCategories.Services,
                ["product_type"] = "SERVICE",
            }
        );
        var uid = MakeInvoice(Line("Tune-up", 1, 129, l => l["product_uid"] = product));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Zuper.WebhooksEnabled = false;
        Clock.Advance(TimeSpan.FromMinutes(5));
        return uid;
    }
}
