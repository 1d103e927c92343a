using IntacctSync.Core.Apps;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Intacct does not show what it has: the user's view was cut, or the answer passes.</summary>
public sealed class What_Intacct_hides_stays_in_Upflow : ReceivablesRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.25m },
                },
            ],
        };

    [Theory]
    [InlineData(UpflowFaults.ResetAfter)]
    [InlineData(UpflowFaults.LostAnswer)]
    public async Task An_invoice_whose_making_had_no_answer_is_not_deleted_because_no_invoice_is_shown(string fault)
    {
        await OpenAsync();
        Refuse("POST /v1/invoices", fault: fault);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-2", 100);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(RecordState.InDoubt, (await RowAsync(UpflowFlows.Invoices, Text(no))).State);
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE");
        await RestAsync();

        Assert.Equal("intacct-records-missing", (await RowAsync(UpflowFlows.Invoices, Text(no))).Problem?.Code);
        Assert.NotNull(Invoice($"ARINVOICE-{Text(no)}"));

        Wire.Change = null;
        await RetryAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, Text(no))).State);
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-2"));
    }

    [Fact]
    public async Task An_invoice_that_is_hidden_is_not_deleted_because_a_list_has_brought_another_one()
    {
        var first = await OpenAsync();
        var second = Intacct.Screens.PostInvoice("C-1", "INV-2", 100);
        await PollAsync();
        Wire.Change = static (sent, answer) =>
            HiddenRecords.IsReadOf(sent, "ARINVOICE") ? HiddenRecords.Hide(answer, "ARINVOICE") : answer;
        var now = Clock.GetUtcNow();
        var missed = await RowAsync(UpflowFlows.Invoices, Text(second)) with
        {
            MissingSince = now - TimeSpan.FromMinutes(10),
            MissedAt = now - TimeSpan.FromMinutes(5),
        };
        var rows = await Process
            .Get<KeyMapStore>()
            .SaveAsync([missed, await RowAsync(UpflowFlows.Invoices, Text(first))], Forever);

        // Both are in one batch: the one with what a poll has read, the other one for its second look.
        var polled = Intacct.Company.Record("ARINVOICE", Text(first))!;
        var connection = await ConnectionAsync();
        var failures = await Process
            .Get<IEnumerable<IRecordFlow>>()
            .Single(f => f.Name == UpflowFlows.Invoices)
            .RunAsync(
                new FlowBatch(
                    connection,
                    await Process.Get<ConnectionAccessSource>().GetAsync(connection, Forever),
                    [
                        new RecordWork(rows[Text(first)], ["poll"], now, Bulk: false, WriteBackOnly: false)
                        {
                            Snapshot = RowSnapshot.Write(
                                new IntacctRecord(
                                    "ARINVOICE",
                                    [.. polled.Select(f => new IntacctField(f.Key, f.Value))]
                                )
                            ),
                            SnapshotVersion = now,
                        },
                        new RecordWork(rows[Text(second)], ["look"], now, Bulk: false, WriteBackOnly: false),
                    ]
                ),
                Forever
            );
        Assert.Null(failures[Text(first)]);
        Assert.Equal("not-shown", failures[Text(second)]?.Problem.Code);
        Assert.NotNull(Invoice($"ARINVOICE-{Text(second)}"));
    }

    [Fact]
    public async Task An_invoice_is_not_deleted_because_a_debit_memo_is_shown()
    {
        var no = await OpenAsync();
        Intacct.Screens.PostDebitMemo("C-1", "DM-1", 20);
        await PollAsync();
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE");
        await RetryAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal("intacct-records-missing", (await RowAsync(UpflowFlows.Invoices, Text(no))).Problem?.Code);
        Assert.NotNull(Invoice($"ARINVOICE-{Text(no)}"));
    }

    [Fact]
    public async Task What_is_no_longer_to_stand_is_deleted_though_one_list_does_not_show_it()
    {
        await OpenAsync();
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        await PollAsync();
        Assert.Single(Upflow.Screens.Records("payments"));
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARPYMT");
            var record = table.Find(payment)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal)
            {
                ["STATE"] = "Draft",
                ["DISPLAYSTATE"] = "Draft",
            };
            context.Books.Update(table, record, values, context.Stamp);
            return 0;
        });
        Upflow.Faults.Add(new FaultRule { Fault = UpflowFaults.EmptyList, Times = 3 });
        await RetryAsync(UpflowFlows.Payments, Text(payment));
        Assert.True(
            Upflow.Screens.Records("payments").Count == 0,
            await StoryAsync(UpflowFlows.Payments, Text(payment))
        );
    }

    /// <summary>A query shows it later than the customer that names it; a reading by name is not delayed.</summary>
    [Fact]
    public async Task A_contact_that_a_query_does_not_show_yet_comes_with_its_customer()
    {
        await OpenAsync();
        Intacct.Screens.AddContact("Harbor(billing)", "billing@harbor.example");
        Intacct.Screens.SetContacts("C-1", billTo: "Harbor(billing)");
        Wire.Change = static (sent, answer) =>
            sent.Contains("<object>CONTACT</object>", StringComparison.Ordinal)
            && !HiddenRecords.IsReadOf(sent, "CONTACT")
                ? HiddenRecords.Hide(answer, "CONTACT", "Harbor(billing)")
                : answer;
        await PollAsync();
        Assert.Contains("billing@harbor.example*", Emails("C-1"));
    }

    [Fact]
    public async Task A_payment_keeps_the_link_whose_detail_is_not_shown_and_a_person_is_told()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-2", 200);
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 100), ("INV-2", 200)]);
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-2"));
        Wire.Change = (_, answer) =>
            HiddenRecords.Hide(answer, "ARPYMTDETAIL", Text(Intacct.Screens.InvoiceNo("INV-2")));
        await RetryAsync(UpflowFlows.Payments, Text(payment));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-2"));
        Assert.Equal("payment-details-missing", (await RowAsync(UpflowFlows.Payments, Text(payment))).Problem?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_in_another_currency_is_noticed_though_the_row_of_its_invoice_tells_none(bool shown)
    {
        var no = await OpenAsync();
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([row with { Facts = null }], Forever));
        if (!shown)
            Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE");
        var payment = Intacct.Screens.PayInCurrency("C-1", [("INV-1", 40)], "EUR", 1.25m);
        await PollAsync();
        Assert.Equal(
            shown ? "payment-currency-differs" : "payment-invoice-not-shown",
            (await RowAsync(UpflowFlows.Payments, Text(payment))).Problem?.Code
        );
        Assert.Empty(Upflow.Screens.Records("payments"));
    }

    /// <returns>The RECORDNO of an invoice of 100 that stands in Upflow.</returns>
    private async Task<int> OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        return no;
    }

    private async Task RetryAsync(FlowName flow, string sourceId)
    {
        Assert.True(await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), flow, sourceId, Forever));
        await RestAsync();
    }
}
