using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Attacks_on_payments_of_invoices : PaidFirstTest
{
    /// <summary>A void gives the invoice the status of an unpaid one: what was cancelled is owed again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_invoice_stays_cancelled_when_its_payment_is_reversed(bool seenBefore)
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
        await SweepZuperAsync();
        await RetryAsync(uid);
        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal(
            ("CANCELED", "Reversed"),
            (Zuper.Screens.Record(uid)!["invoice_status"]!.ToString(), Intacct.Company.Records("ARINVOICE")[0]["STATE"])
        );
        Assert.Equal(RecordState.Synced, entry.State);
    }

    /// <summary>The payment of a deleted invoice counts as voided though nobody has voided it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_that_was_reversed_while_its_invoice_was_deleted_is_voided_once_that_is_restored(
        bool retried
    )
    {
        var (uid, payment) = await PaidAsync();
        Zuper.Screens.Delete(uid);
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Zuper.Screens.Restore(uid);
        await SweepZuperAsync();
        await PollAsync();
        if (retried)
            await RetryAsync(uid);
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Equal("AWAIT_PAYMENT", Zuper.Screens.Record(uid)!["invoice_status"]!.ToString());
    }

    /// <summary>
    /// A person links the counterpart of an invoice that was cancelled in Zuper as a double to the one that is left.
    /// </summary>
    [Fact]
    public async Task A_cancelled_double_stays_cancelled_when_its_counterpart_is_linked_to_the_one_that_is_left()
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
        Assert.Equal("CANCELED", Zuper.Screens.Record(uid)!["invoice_status"]!.ToString());
    }

    /// <summary>
    /// Another company of Intacct was connected before, and its payments stand in Zuper. The payment of that id here is
    /// deleted, so its date is not known: nothing says that the two are one.
    /// </summary>
    [Fact]
    public async Task A_payment_in_Zuper_that_has_the_id_of_a_deleted_one_is_asked_about_and_stays()
    {
        await OpenAsync();
        var (one, two) = (MakeInvoice(), MakeInvoice());
        await SweepZuperAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [("INV-2002", 30)]);
        await PollAsync();
        Assert.Equal([$"30 SAGE-{payment}"], Standing(two));
        Intacct.Screens.BackToDraft(payment);
        Intacct.Screens.DeletePayment(payment);
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Assert.Equal([$"-30 SAGE-{payment}"], Standing(two));

        Zuper.Screens.Pay(one, 50, reference: $"SAGE-{payment}");
        await SweepZuperAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(one));
        Assert.Equal(RecordState.NeedsAction, (await PaymentAsync(payment)).State);
    }

    private async Task<(string Uid, int Payment)> PaidAsync()
    {
        await OpenAsync();
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 129)]);
        await PollAsync();
        Assert.Equal([$"129 SAGE-{payment}"], Standing(uid));
        return (uid, payment);
    }
}

public sealed class Attacks_on_payments : BooksTest
{
    /// <summary>"A payment that could not be recorded anew is not voided."</summary>
    [Fact]
    public async Task A_payment_is_not_voided_for_another_sum_that_no_mode_is_set_for()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = null });
        Intacct.Screens.EditPayment(payment, [new(number, 50)]);
        await PollAsync();
        Assert.Equal("payment-mode-missing", (await PaymentEntryAsync(payment)).Problem?.Code);
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
    }

    /// <summary>Zuper's sums may have fractions of cents; what is booked is rounded.</summary>
    [Fact]
    public void An_invoice_whose_due_has_a_fraction_of_a_cent_is_not_paid_by_other_means()
    {
        var invoice = new ZuperInvoice
        {
            Uid = "6e3b2b1e-8f6c-4b59-9f2e-6a0d8f3f9c11",
            Status = "AWAIT_PAYMENT",
            Total = 124.985m,
            AmountDue = 124.985m,
            PaymentsKnown = true,
        };
        Assert.IsType<PaymentStep.Record>(PaymentStep.For("553", 124.99m, invoice, 0, shared: false));
    }
}
