using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An invoice of Zuper was linked to the wrong one of Intacct, and the payments of that one were recorded on it. A
/// person links it to the right one.
/// </summary>
public sealed class Payments_follow_the_links_of_their_invoices : PaidFirstTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payment_goes_over_to_the_invoice_that_is_linked_to_what_it_pays(bool atOnce)
    {
        var (wrong, right, payment) = await WronglyLinkedAsync();
        await LinkAsync(wrong, "A-20");
        if (!atOnce)
            await RestAsync();
        await LinkAsync(right, "A-10");
        await RestAsync();
        Assert.Equal([$"-50 SAGE-{payment}"], Standing(wrong));
        Assert.Equal([$"50 SAGE-{payment}"], Standing(right));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_payment_is_taken_off_an_invoice_that_is_another_one_before_the_right_one_is_known()
    {
        var (wrong, _, payment) = await WronglyLinkedAsync();
        await LinkAsync(wrong, "A-20");
        await RestAsync();
        Assert.Equal([$"-50 SAGE-{payment}"], Standing(wrong));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task A_payment_of_the_invoice_that_is_linked_at_last_stands_beside_it_once()
    {
        var (wrong, _, payment) = await WronglyLinkedAsync();
        var other = Intacct.Screens.Pay(SageId(Organization)!, [("A-20", 30)]);
        await PollAsync();
        await LinkAsync(wrong, "A-20");
        await RestAsync();
        Assert.Equal([$"-50 SAGE-{payment}", $"30 SAGE-{other}"], Standing(wrong));
    }

    [Fact]
    public async Task A_link_that_was_corrected_while_payments_were_off_counts_when_they_are_on()
    {
        var (wrong, _, payment) = await WronglyLinkedAsync();
        await SettingsAsync(s => s with { SyncPayments = false });
        await LinkAsync(wrong, "A-20");
        await RestAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(wrong));
        await SettingsAsync(s => s with { SyncPayments = true });
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Process.Get<Poller>().TickAsync([], Clock.GetUtcNow(), Forever);
        await RestAsync();
        Assert.Equal([$"-50 SAGE-{payment}"], Standing(wrong));
    }

    [Fact]
    public async Task A_payment_stays_while_its_invoice_may_have_got_another_id()
    {
        var (wrong, _, payment) = await WronglyLinkedAsync();
        var entry = await InvoiceEntryAsync(wrong);
        await Process
            .Get<KeyMapStore>()
            .SaveAsync([entry with { TargetId = "987654", NaturalKey = "A-99@" + SageId(Organization) }], Forever);
        Intacct.Screens.EditPayment(payment, [new("A-10", 40)]);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(wrong));
        Assert.Equal("payment-invoice-lost", (await PaymentAsync(payment)).Problem?.Code);
    }

    [Fact]
    public async Task A_payment_stays_where_its_invoice_was_reversed_and_entered_anew()
    {
        var (wrong, _, payment) = await WronglyLinkedAsync();
        Intacct.Screens.PostInvoice(SageId(Organization)!, "A-30", 129);
        Intacct.Screens.EditPayment(payment, [new("A-30", 50)]);
        Intacct.Screens.ReverseInvoice("A-10");
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(wrong));
        Assert.Equal("payment-invoice-lost", (await PaymentAsync(payment)).Problem?.Code);
    }

    /// <summary>Two invoices of one customer and amount in each system; the first ones are linked crosswise, and what
    /// pays A-10 stands in Zuper.</summary>
    private async Task<(string Wrong, string Right, int Payment)> WronglyLinkedAsync()
    {
        await OpenAsync();
        var customer = SageId(Organization)!;
        Intacct.Screens.PostInvoice(customer, "A-10", 129);
        Intacct.Screens.PostInvoice(customer, "A-20", 129);
        var (wrong, right) = (MakeInvoice(), MakeInvoice());
        await LinkAsync(wrong, "A-10");
        await RestAsync();
        var payment = Intacct.Screens.Pay(customer, [("A-10", 50)]);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(wrong));
        await AssertSyncedAsync(wrong);
        return (wrong, right, payment);
    }
}
