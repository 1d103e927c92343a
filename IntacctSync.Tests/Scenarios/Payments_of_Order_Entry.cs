using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
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

    /// <summary>The settings name the definition, and the book, of new invoices only.</summary>
    [Theory]
    [InlineData(InvoiceDocument.OrderEntry, true)]
    [InlineData(InvoiceDocument.OrderEntry, false)]
    [InlineData(InvoiceDocument.ArInvoice, true)]
    public async Task A_payment_finds_a_document_of_another_definition_than_the_settings_name(
        InvoiceDocument document,
        bool titled
    )
    {
        var uid = await OrderAsync();
        await SettingsAsync(s =>
            WithInvoice(s, i => i with { TransactionDefinition = "Service Invoice", Document = document })
        );
        if (!titled)
        {
            // As where a person linked a document whose number is not the one that Zuper has.
            var entry = await InvoiceEntryAsync(uid);
            await Process.Get<KeyMapStore>().SaveAsync([entry with { Title = "Z-7" }], Forever);
        }

        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Documents_of_two_definitions_with_one_number_are_asked_about()
    {
        var uid = await OrderAsync();
        var entry = await InvoiceEntryAsync(uid);
        var other = MakeInvoice();
        await Process
            .Get<KeyMapStore>()
            .SaveAsync(
                [
                    new KeyMapEntry
                    {
                        Key = new SyncKey(Id, ZuperFlows.Invoices, other),
                        State = RecordState.Synced,
                        TargetId = "Service Invoice-" + Number,
                        NaturalKey = entry.NaturalKey,
                        Title = entry.Title,
                    },
                ],
                Forever
            );
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        Assert.Empty(Standing(uid));
        Assert.Empty(Standing(other));
        Assert.Equal("payment-invoice-ambiguous", (await PaymentAsync(payment)).Problem?.Code);
    }

    [Theory]
    [InlineData("Sales Invoice")]
    [InlineData("Service Invoice")]
    public async Task A_comparison_finds_the_document_too_and_tells_what_is_lost(string definition)
    {
        var uid = await OrderAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        await PollAsync();
        await SettingsAsync(s => WithInvoice(s, i => i with { TransactionDefinition = definition }));
        var connection = await ConnectionAsync();
        Assert.Equal([], (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Payments)).Differences);
        var key = payment.ToString(CultureInfo.InvariantCulture);
        var explained = await Process.Get<Explainer>().ExplainAsync(connection, ZuperFlows.Payments, key, Forever);
        Assert.Empty(explained!.Differences);

        var entry = ((JsonArray)Zuper.Screens.Record(uid)!["payment_history"]!)[0]!;
        Zuper.Screens.Void(entry["payment_transaction"]!["payment_transaction_uid"]!.ToString());
        var lost = Assert.Single(
            (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Payments)).Differences
        );
        Assert.Contains("'50.00' '0.00'", lost, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_from_before_a_document_was_linked_is_recorded_if_its_invoice_is_shown(bool shown)
    {
        var uid = await OrderAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 50)]);
        Wire.Change = (sent, answer) =>
            !shown && sent.Contains("<value>8.SO</value>", StringComparison.Ordinal) ? WithoutRows(answer) : answer;
        var document = (await InvoiceEntryAsync(uid)).TargetId!;
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Invoices, uid, document, Forever);
        await RestAsync();
        Assert.Equal(shown ? [$"50 SAGE-{payment}"] : [], Standing(uid));
        await AssertSyncedAsync(uid);
    }

    /// <summary>The answer to a query that found nothing.</summary>
    private static string WithoutRows(string answer)
    {
        var document = XDocument.Parse(answer);
        var data = document.Descendants("data").Single();
        data.RemoveNodes();
        data.SetAttributeValue("count", 0);
        data.SetAttributeValue("totalcount", 0);
        return document.ToString();
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
