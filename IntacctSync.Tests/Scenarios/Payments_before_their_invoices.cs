using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Payments_before_their_invoices : PaidFirstTest
{
    [Fact]
    public async Task A_payment_that_was_read_before_its_invoice_is_recorded_when_the_invoice_is_linked()
    {
        var payment = await PaidInvoiceAsync(129);
        await PollAsync();
        var uid = MakeInvoice();
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await PaymentAsync(payment)).State);
        Assert.Empty(Standing(uid));

        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_seen_in_shadow_mode_is_recorded_in_whichever_order_it_is_read_again(bool paymentsFirst)
    {
        var payment = await PaidInvoiceAsync(129);
        await SettingsAsync(s => s with { Mode = SyncMode.Shadow });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
        Assert.Empty(Standing(uid));

        await SettingsAsync(s => s with { Mode = SyncMode.Live });
        var connection = await ConnectionAsync();
        foreach (
            var flow in paymentsFirst
                ? [ZuperFlows.Payments, ZuperFlows.Invoices]
                : new[] { ZuperFlows.Invoices, ZuperFlows.Payments }
        )
        {
            await Process.Get<Backfill>().StartAsync(connection, flow, null, requested: true, Forever);
            await RestAsync();
        }

        await AssertSyncedAsync(uid);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task An_invoice_that_needs_a_person_does_not_hold_up_the_others_of_its_payment()
    {
        await PaidInvoiceAsync(200);
        var stuck = MakeInvoice();
        var clear = MakeInvoice();
        await SweepZuperAsync();
        await AssertNeedsAsync(stuck, "number-taken");
        await AssertSyncedAsync(clear);
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 20), ("INV-2002", 30)]);
        await PollAsync();
        Assert.Equal([$"30 SAGE-{payment}"], Standing(clear));
        Assert.Empty(Standing(stuck));
        var problem = (await PaymentAsync(payment)).Problem!;
        Assert.Equal("payment-invoice-not-linked", problem.Code);
        Assert.Contains("do not set it to ignored", problem.Fix, StringComparison.Ordinal);

        var connection = await ConnectionAsync();
        var recordNo = Intacct.Screens.InvoiceNo(Number).ToString(CultureInfo.InvariantCulture);
        await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Invoices, stuck, recordNo, Forever);
        await RestAsync();
        Assert.Equal([$"30 SAGE-{payment}"], Standing(clear));
        Assert.Contains($"20 SAGE-{payment}", Standing(stuck));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_part_that_stands_is_voided_with_its_payment_though_another_invoice_still_needs_a_person()
    {
        await PaidInvoiceAsync(200);
        var stuck = MakeInvoice();
        var clear = MakeInvoice();
        await SweepZuperAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 20), ("INV-2002", 30)]);
        await PollAsync();
        Assert.Equal([$"30 SAGE-{payment}"], Standing(clear));
        Clock.Advance(TimeSpan.FromDays(1));
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.True(
            ((System.Text.Json.Nodes.JsonArray)Zuper.Screens.Record(clear)!["payment_history"]!)[0]![
                "is_void"
            ]!.GetValue<bool>()
        );
        Assert.Empty(Standing(stuck));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_payment_of_an_invoice_that_needs_a_person_is_freed_when_that_is_linked()
    {
        var payment = await PaidInvoiceAsync(200);
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "number-taken");
        await PollAsync();
        Assert.Equal("payment-invoice-not-linked", (await PaymentAsync(payment)).Problem?.Code);

        var connection = await ConnectionAsync();
        await Process
            .Get<PersonRequests>()
            .LinkAsync(
                connection,
                ZuperFlows.Invoices,
                uid,
                Intacct.Screens.InvoiceNo(Number).ToString(CultureInfo.InvariantCulture),
                Forever
            );
        await RestAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }
}
