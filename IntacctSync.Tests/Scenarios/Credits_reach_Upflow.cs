using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Credits_reach_Upflow : ReceivablesRoadTest
{
    public static TheoryData<Way> Ways => [Way.Feed, Way.Backfill];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_credit_memo_arrives_changes_is_applied_and_ends(Way way)
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        await NoticeAsync(way);
        Assert.Equal(
            ("CM-1", 2000L, 2000L, "USD", "C-1"),
            (
                (string?)Note(memo)!["customId"],
                (long)Note(memo)!["grossAmount"]!,
                (long)Note(memo)!["netAmount"]!,
                (string?)Note(memo)!["currency"],
                (string?)Note(memo)!["customer"]!["externalId"]
            )
        );
        Assert.Equal(8000, Upflow.Screens.Balance("C-1", "USD"));

        var before = Writes;
        Clock.Advance(TimeSpan.FromHours(3));
        await NoticeAsync(way);
        Assert.Equal(before, Writes);

        Intacct.Screens.EditAdjustmentLine(memo, 1, -30);
        await NoticeAsync(way);
        Assert.Equal(3000, (long)Note(memo)!["grossAmount"]!);

        var applied = Intacct.Screens.ApplyCreditMemo(memo, [("INV-1", 12m)]);
        await NoticeAsync(way);
        Assert.Equal((8800, 1800), (Upflow.Screens.Outstanding("INV-1"), Left(memo)));

        // Nothing is left of the application, so Intacct deletes it.
        Intacct.Screens.RemoveApplication(applied);
        Clock.Advance(TimeSpan.FromHours(4));
        await NoticeAsync(way);
        Assert.Equal((10000, 3000), (Upflow.Screens.Outstanding("INV-1"), Left(memo)));

        Intacct.Screens.DeleteAdjustment(memo);
        Clock.Advance(TimeSpan.FromHours(4));
        await NoticeAsync(way);
        Assert.Null(Note(memo));
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_credit_memo_that_is_reversed_is_refunded(Way way)
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        await NoticeAsync(way);
        Intacct.Screens.ReverseAdjustment(memo);
        await NoticeAsync(way);
        Assert.Equal(0, Left(memo));
        Assert.Equal(2000, (long)Assert.Single(Upflow.Screens.Records("refunds"))["amountLinked"]!);
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Theory]
    [InlineData(true, "2026-03-04")]
    [InlineData(false, "2026-03-06")]
    public async Task The_refund_of_a_reversed_memo_is_dated_on_its_reversal(bool named, string expected)
    {
        // Whether Intacct tells the day of the reversal is not known; else it is the day on which it was entered.
        IntacctOptions.ReversalsNameAdjustments = named;
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        await PollAsync();
        Clock.Advance(TimeSpan.FromDays(4));
        Intacct.Screens.ReverseAdjustment(memo, new DateOnly(2026, 3, 4));
        await PollAsync();
        var refund = Assert.Single(Upflow.Screens.Records("refunds"));
        Assert.Equal($"{expected}T00:00:00", refund["validatedAt"]!.ToString());
        var writes = Writes;
        await PollAsync();
        Assert.Equal(writes, Writes);
    }

    [Fact]
    public async Task The_credit_note_of_a_reversed_invoice_is_dated_on_the_day_of_its_reversal()
    {
        var invoice = await OpenAsync();
        Clock.Advance(TimeSpan.FromDays(4));
        Intacct.Screens.ReverseInvoice("INV-1");
        await PollAsync();
        var note = Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(invoice)}-reversal")!;
        Assert.Equal("2026-03-06T00:00:00", note["issuedAt"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_invoice_below_zero_is_a_credit_note(Way way)
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "NEG-1", -30);
        await NoticeAsync(way);
        var note = Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(no)}")!;
        Assert.Equal(("NEG-1", 3000L), ((string?)note["customId"], (long)note["grossAmount"]!));
        Intacct.Screens.ApplyNegativeInvoice("NEG-1", [("INV-1", 10m)]);
        await NoticeAsync(way);
        Assert.Equal(
            (9000, 2000),
            (Upflow.Screens.Outstanding("INV-1"), Upflow.Screens.Unlinked("credit_notes", "NEG-1"))
        );
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_reversal_of_an_invoice_is_a_credit_note_that_settles_it(Way way)
    {
        var invoice = await OpenAsync();
        Intacct.Screens.ReverseInvoice("INV-1");
        await NoticeAsync(way);
        var note = Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(invoice)}-reversal")!;
        Assert.Equal((10000L, 10000L), ((long)note["grossAmount"]!, (long)note["amountLinked"]!));
        Assert.Equal("PAID", (string?)Invoice(invoice)["state"]);
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task A_draft_is_no_credit()
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20, draft: true);
        await PollAsync();
        Assert.Null(Note(memo));
        Assert.Equal(
            RecordState.Skipped,
            (await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}")).State
        );
    }

    [Fact]
    public async Task Tax_is_told_apart_of_credits_as_of_what_is_owed()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoiceWithTax("C-1", "INV-1", 100, 19);
        var negative = Intacct.Screens.PostInvoiceWithTax("C-1", "NEG-1", -50, -9.50m);
        var memo = Intacct.Screens.PostCreditMemoWithTax("C-1", "CM-1", 20, 3.80m);
        var debit = Intacct.Screens.PostCreditMemoWithTax("C-1", "DM-1", -10, -1.90m);
        var reversed = Intacct.Screens.PostInvoiceWithTax("C-1", "INV-2", 40, 7.60m);
        await PollAsync();
        Intacct.Screens.ReverseInvoice("INV-2");
        await PollAsync();
        Assert.Equal((11900L, 10000L), Amounts(Invoice(invoice)));
        Assert.Equal((5950L, 5000L), Amounts(Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(negative)}")!));
        Assert.Equal((2380L, 2000L), Amounts(Note(memo)!));
        Assert.Equal((1190L, 1000L), Amounts(Upflow.Screens.Record("invoices", $"ARADJUSTMENT-{Text(debit)}")!));
        Assert.Equal(
            (4760L, 4000L),
            Amounts(Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(reversed)}-reversal")!)
        );
        Assert.Equal(11900 - 5950 - 2380 + 1190, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task Custom_fields_are_carried_by_the_map()
    {
        IntacctOptions.CustomFields.Add("ARADJUSTMENT.REASON");
        Upflow.Screens.AddCustomField("Why", "CREDIT_NOTE");
        await OpenAsync(s => s with { CustomFields = new() { CreditNotes = Fields(("REASON", "Why")) } });
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var negative = Intacct.Screens.PostInvoice("C-1", "NEG-1", -5);
        Set("ARADJUSTMENT", memo, "REASON", "Goodwill");
        await PollAsync();
        Assert.Equal("Goodwill", (string?)Note(memo)!["customFields"]![0]!["value"]);
        Assert.Empty(Upflow.Screens.Record("credit_notes", $"ARINVOICE-{Text(negative)}")!["customFields"]!.AsArray());
        Set("ARADJUSTMENT", memo, "REASON", "Damage");
        await PollAsync();
        Assert.Equal("Damage", (string?)Note(memo)!["customFields"]![0]!["value"]);
    }

    [Fact]
    public async Task A_custom_field_that_Upflow_lacks_is_named()
    {
        IntacctOptions.CustomFields.Add("ARADJUSTMENT.REASON");
        await OpenAsync(s => s with { CustomFields = new() { CreditNotes = Fields(("REASON", "Nowhere")) } });
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        await PollAsync();
        var row = await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}");
        Assert.Equal("upflow-custom-field-target", row.Problem?.Code);
    }

    private async Task<int> OpenAsync(Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null)
    {
        await ConnectUpflowAsync(change);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        return invoice;
    }

    private async Task NoticeAsync(Way way)
    {
        if (way == Way.Feed)
            await PollAsync();
        else
            await BackfillAsync(UpflowFlows.CreditNotes, UpflowFlows.Payments);
    }

    private void Set(string kind, int recordNo, string field, string value) =>
        Intacct.Company.Change(context =>
        {
            var table = context.Table(kind);
            var record = table.Find(recordNo)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { [field] = value };
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });

    private JsonObject? Note(int memo) => Upflow.Screens.Record("credit_notes", $"ARADJUSTMENT-{Text(memo)}");

    private long Left(int memo) => Upflow.Screens.Unlinked("credit_notes", $"ARADJUSTMENT-{Text(memo)}");

    private static (long Gross, long Net) Amounts(JsonObject document) =>
        ((long)document["grossAmount"]!, (long)document["netAmount"]!);
}
