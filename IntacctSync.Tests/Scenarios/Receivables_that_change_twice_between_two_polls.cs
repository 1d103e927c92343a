using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A poll shows what came of several changes and not the way there. Each of these was found by a random history
/// (<see cref="Whatever_happens_Upflow_owes_what_Intacct_does"/>).
/// </summary>
public sealed class Receivables_that_change_twice_between_two_polls : ReceivablesRoadTest
{
    [Theory]
    [InlineData(40)]
    [InlineData(160)]
    public async Task An_invoice_that_is_changed_and_then_reversed_is_settled(int amount)
    {
        await OpenAsync();
        Intacct.Screens.EditInvoiceLine("INV-1", 1, amount);
        Intacct.Screens.ReverseInvoice("INV-1");
        await PollAsync();
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_debit_memo_that_is_reversed_is_settled(bool isThere)
    {
        await OpenAsync();
        var memo = Intacct.Screens.PostDebitMemo("C-1", "DM-1", 30);
        if (isThere)
            await PollAsync();
        Intacct.Screens.ReverseAdjustment(memo);
        await PollAsync();
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
        if (isThere)
            Assert.Equal(0, Upflow.Screens.Outstanding($"ARADJUSTMENT-{Text(memo)}"));
    }

    private async Task OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
    }
}
