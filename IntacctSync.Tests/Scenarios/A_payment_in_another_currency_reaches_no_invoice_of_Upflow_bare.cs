using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class A_payment_in_another_currency_reaches_no_invoice_of_Upflow_bare : ReceivablesRoadTest
{
    [Fact]
    public async Task It_needs_a_person_and_nothing_of_it_stands()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        var payment = Intacct.Screens.PayInCurrency("C-1", [("INV-1", 80)], "EUR", 1.25m);
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Payments, Text(payment));
        Assert.Equal((RecordState.NeedsAction, "payment-currency-differs"), (row.State, row.Problem?.Code));
        Assert.Empty(Upflow.Screens.Records("payments"));

        var own = Intacct.Screens.Pay("C-1", [("INV-1", 10)]);
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(own))).State);
    }
}
