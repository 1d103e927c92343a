using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Payments_of_invoices_that_were_written_off : BooksTest
{
    [Theory]
    [InlineData("BAD_DEBT", "a bad debt")]
    [InlineData("CLOSED", "closed")]
    public async Task Are_recorded_and_the_status_that_they_end_is_told(string status, string inWords)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Zuper.Screens.SetStatus(uid, status);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
        var recorded = Assert.Single((await PaymentEntryAsync(payment)).Timeline, t => t.What == "recorded");
        Assert.Contains($"The invoice was {inWords} in Zuper", recorded.Detail, StringComparison.Ordinal);
    }
}
