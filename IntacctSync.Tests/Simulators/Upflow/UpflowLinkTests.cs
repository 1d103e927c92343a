using static IntacctSync.Tests.Simulators.Upflow.ServedUpflow;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowLinkTests : UpflowTest
{
    [Fact]
    public async Task A_link_is_replaced_by_a_repeat_and_removed_by_empty_arrays()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);

        var made = await Upflow.LinkAsync("L-1", Side("I-1", 100), Side("P-1", 100));
        Assert.Equal((201, "CREATED", "text/plain"), (made.Status, made.Body, made.MediaType));
        Assert.Equal(0, Upflow.Screens.Outstanding("I-1"));
        await Upflow.LinkAsync("L-1", Side("I-1", 30), Side("P-1", 30));
        Assert.Equal(70, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(201, (await Upflow.LinkAsync("L-1")).Status);
        Assert.Equal(100, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(100, Upflow.Screens.Unlinked("payments", "P-1"));
        Assert.Equal(201, (await Upflow.LinkAsync("L-1")).Status);
    }

    [Fact]
    public async Task A_link_that_is_refused_leaves_the_one_before()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", Side("I-1", 40), Side("P-1", 40));

        Assert.Equal(400, (await Upflow.LinkAsync("L-1", Side("I-1", 101), Side("P-1", 101))).Status);

        Assert.Equal(60, Upflow.Screens.Outstanding("I-1"));
    }

    [Theory]
    [InlineData("I-1", 101, "P-1", 101, "exceeds what is open")]
    [InlineData("I-1", 60, "P-2", 60, "exceeds what is open")]
    [InlineData("I-1", 50, "P-1", 40, "must equal")]
    [InlineData("I-1", 50, "P-3", 50, "same customer")]
    [InlineData("I-1", 50, "P-4", 50, "same currency")]
    public async Task More_than_is_open_or_what_does_not_match_is_refused(
        string invoice,
        long owed,
        string payment,
        long paid,
        string why
    )
    {
        await Upflow.CustomerAsync("C-2");
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 200);
        await Upflow.PaymentAsync("P-2", 50);
        await Upflow.PaymentAsync("P-3", 50, "C-2");
        await Upflow.TakenAsync("/v1/payments", Money("P-4", 50).Replace("USD", "EUR", StringComparison.Ordinal));

        var answer = await Upflow.LinkAsync("L-1", Side(invoice, owed), Side(payment, paid));

        Assert.Equal(400, answer.Status);
        Assert.Contains(why, answer.Message, StringComparison.Ordinal);
        Assert.Equal(100, Upflow.Screens.Outstanding("I-1"));
    }

    [Theory]
    [InlineData("0", "greater than or equal to 1")]
    [InlineData("1.5", "must be an integer")]
    [InlineData("\"1\"", "must be a number")]
    public async Task An_amount_is_a_whole_number_above_0(string amount, string why)
    {
        await Upflow.InvoiceAsync("I-1", 100);
        var body = $$"""{"externalId":"L-1","invoices":[{"externalId":"I-1","amountLinked":{{amount}}}]}""";
        Assert.Contains(why, await Upflow.RefusedAsync("/v1/reconcile", body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_under_one_parent_pay_for_each_other()
    {
        await Upflow.CustomerAsync("C-2", ""","parent":{"externalId":"C-1"}""");
        await Upflow.CustomerAsync("C-3", ""","parent":{"externalId":"C-1"}""");
        await Upflow.InvoiceAsync("I-1", 100, "C-2");
        await Upflow.PaymentAsync("P-1", 100, "C-3");

        Assert.Equal(201, (await Upflow.LinkAsync("L-1", Side("I-1", 100), Side("P-1", 100))).Status);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task What_is_not_there_cannot_be_linked(int status)
    {
        Switches.UnknownSideStatus = status;
        await Upflow.InvoiceAsync("I-1", 100);
        Assert.Equal(status, (await Upflow.LinkAsync("L-1", Side("I-1", 1), Side("P-9", 1))).Status);
    }

    [Fact]
    public async Task A_body_without_any_array_removes_nothing()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", Side("I-1", 100), Side("P-1", 100));

        await Upflow.RefusedAsync("/v1/reconcile", """{"externalId":"L-1"}""");

        Assert.Equal(0, Upflow.Screens.Outstanding("I-1"));
    }

    [Fact]
    public async Task Several_payments_and_credit_notes_settle_several_invoices_at_once()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.InvoiceAsync("I-2", 50);
        await Upflow.PaymentAsync("P-1", 120);
        await Upflow.CreditNoteAsync("N-1", 30);

        await Upflow.LinkAsync("L-1", Side("I-1", 100) + "," + Side("I-2", 50), Side("P-1", 120), Side("N-1", 30));

        Assert.Equal((0, 0), (Upflow.Screens.Outstanding("I-1"), Upflow.Screens.Outstanding("I-2")));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
        var linked = Upflow.Screens.Record("payments", "P-1")!["linkedInvoices"]!.AsArray();
        Assert.Equal(120, linked.Sum(l => l!["linkedAmount"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(30, 30, 0)]
    public async Task A_refund_takes_its_room_from_the_links_of_the_payment(long amount, long open, long second)
    {
        await Upflow.InvoiceAsync("I-1", 60);
        await Upflow.InvoiceAsync("I-2", 40);
        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", Side("I-1", 60), Side("P-1", 60));
        await Upflow.LinkAsync("L-2", Side("I-2", 40), Side("P-1", 40));
        await Upflow.RefundAsync("R-1", amount);

        var linked = await Upflow.LinkAsync("L-3", payments: Side("P-1", amount), refunds: Side("R-1", amount));

        Assert.Equal(201, linked.Status);
        Assert.Equal(open, Upflow.Screens.Outstanding("I-1") + Upflow.Screens.Outstanding("I-2"));
        Assert.Equal(second > 0 ? 60 : 0, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(0, Upflow.Screens.Unlinked("payments", "P-1"));
        var refund = Upflow.Screens.Record("refunds", "R-1")!;
        Assert.Equal("P-1", refund["linkedTransactions"]![0]!["transaction"]!["externalId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refund_waits_for_room_where_it_frees_nothing()
    {
        Switches.RefundFreesLinks = false;
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", Side("I-1", 100), Side("P-1", 100));
        await Upflow.RefundAsync("R-1", 100);

        Assert.Equal(
            400,
            (await Upflow.LinkAsync("L-2", payments: Side("P-1", 100), refunds: Side("R-1", 100))).Status
        );
        await Upflow.LinkAsync("L-1");
        Assert.Equal(
            201,
            (await Upflow.LinkAsync("L-2", payments: Side("P-1", 100), refunds: Side("R-1", 100))).Status
        );
    }

    [Fact]
    public async Task A_link_is_a_change_of_both_sides()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);
        var before = Upflow.Screens.Record("payments", "P-1")!["modifiedAt"]!.GetValue<string>();
        Upflow.Clock.Advance(TimeSpan.FromMinutes(1));

        await Upflow.LinkAsync("L-1", Side("I-1", 100), Side("P-1", 100));

        Assert.NotEqual(before, Upflow.Screens.Record("payments", "P-1")!["modifiedAt"]!.GetValue<string>());
        Assert.NotEqual(before, Upflow.Screens.Record("invoices", "I-1")!["modifiedAt"]!.GetValue<string>());
    }
}
