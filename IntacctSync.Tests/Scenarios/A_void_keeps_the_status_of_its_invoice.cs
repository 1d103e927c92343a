using System.Net;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A void in Zuper makes an invoice one that is owed, whatever status a person had given it.</summary>
public sealed class A_void_keeps_the_status_of_its_invoice : PaidFirstTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_invoice_stays_cancelled_and_is_reversed(bool seenBefore)
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        if (seenBefore)
        {
            await SweepZuperAsync();
            await AssertNeedsAsync(uid, "invoice-paid-and-cancelled");
        }

        // As the fix says: reverse the payment, then retry.
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal("CANCELED", StatusOf(uid));
        await SweepZuperAsync();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("Reversed", Intacct.Company.Records("ARINVOICE")[0]["STATE"]);
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("READY_TO_INVOICE")]
    [InlineData("ARCHIVED")]
    [InlineData("CLOSED")]
    [InlineData("BAD_DEBT")]
    public async Task So_does_one_of_any_status_that_no_payment_makes(string status)
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, status);
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal(status, StatusOf(uid));
        Assert.Contains((await PaymentAsync(payment)).Timeline, t => t.What == "statusKept");
    }

    [Fact]
    public async Task An_invoice_that_is_owed_is_owed_again_after_a_void()
    {
        var (uid, payment) = await PaidAsync();
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal("AWAIT_PAYMENT", StatusOf(uid));
        Assert.DoesNotContain((await PaymentAsync(payment)).Timeline, t => t.What == "statusKept");
    }

    /// <summary>
    /// A person links the counterpart of an invoice that was cancelled in Zuper as a double to the one that is left.
    /// </summary>
    [Fact]
    public async Task A_cancelled_double_stays_cancelled_when_its_payment_goes_to_the_one_that_is_left()
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        var left = MakeInvoice();
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        var outcome = await PassAsync(() =>
            Process.Get<RecordLinks>().LinkAsync(connection, ZuperFlows.Invoices, left, Number, Forever)
        );
        Assert.True(outcome.Taken, outcome.Refusal ?? outcome.Owner);
        await RestAsync();
        await SweepZuperAsync();
        Assert.Equal([$"129 SAGE-{payment}"], Standing(left));
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal("CANCELED", StatusOf(uid));
    }

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task Also_where_the_void_got_no_answer(string fault) =>
        await AssertKeptDespiteAsync(fault, "/api/payments/transactions/{uid}/void_payment");

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task Also_where_the_status_got_no_answer(string fault) =>
        await AssertKeptDespiteAsync(fault, "/api/invoice/{uid}/status");

    [Fact]
    public async Task Where_Zuper_refuses_the_status_a_person_gives_it()
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        Intacct.Screens.ReversePayment(payment);
        Wire.Refuse = request =>
            request.RequestUri!.AbsolutePath.EndsWith("/status", StringComparison.Ordinal)
                ? HttpStatusCode.BadRequest
                : null;
        await PollAsync();
        var row = await PaymentAsync(payment);
        Assert.Equal((RecordState.NeedsAction, "zuper-status-not-kept"), (row.State, row.Problem?.Code));
        Assert.Contains("was canceled in Zuper", row.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("AWAIT_PAYMENT", StatusOf(uid));

        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RetryPaymentAsync(payment);
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_void_that_Zuper_refuses_has_ended_no_status()
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        Intacct.Screens.ReversePayment(payment);
        Wire.Refuse = request =>
            request.RequestUri!.AbsolutePath.EndsWith("/void_payment", StringComparison.Ordinal)
                ? HttpStatusCode.BadRequest
                : null;
        await PollAsync();
        Assert.Equal(RecordState.NeedsAction, (await PaymentAsync(payment)).State);

        // A person takes the cancellation back, and voids the payment by hand.
        Wire.Refuse = null;
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        var entry = Zuper.Screens.Record(uid)!["payment_history"]![0]!;
        Zuper.Screens.Void(entry["payment_transaction"]!["payment_transaction_uid"]!.ToString());
        await RetryPaymentAsync(payment);
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
        Assert.Equal("AWAIT_PAYMENT", StatusOf(uid));
    }

    private async Task AssertKeptDespiteAsync(string fault, string route)
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        Intacct.Screens.ReversePayment(payment);
        Zuper.Faults.Add(new() { Fault = fault, Match = BooksTest.Fields(("method", "PUT"), ("route", route)) });
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal("CANCELED", StatusOf(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }
}
