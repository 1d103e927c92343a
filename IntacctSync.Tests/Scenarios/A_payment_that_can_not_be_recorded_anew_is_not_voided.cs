using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_payment_that_can_not_be_recorded_anew_is_not_voided : BooksTest
{
    [Fact]
    public async Task Where_no_mode_is_set_for_its_other_sum_the_former_one_stands_until_there_is_one()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        var mode = (await ConnectionAsync()).Zuper().DefaultPaymentModeUid;
        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = null });
        Intacct.Screens.EditPayment(payment, [new(number, 50)]);
        await PollAsync();
        Assert.Equal("payment-mode-missing", (await PaymentEntryAsync(payment)).Problem?.Code);
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));

        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = mode });
        var id = payment.ToString(CultureInfo.InvariantCulture);
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), ZuperFlows.Payments, id, Forever);
        await RestAsync();
        Assert.Equal([$"-60 SAGE-{payment}", $"50 SAGE-{payment}-2"], Standing(uid));
    }

    [Fact]
    public async Task Where_nothing_is_to_be_recorded_no_mode_is_needed_to_void_it()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        await ChangeSettingsAsync(s => s with { DefaultPaymentModeUid = null });
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
    }
}
