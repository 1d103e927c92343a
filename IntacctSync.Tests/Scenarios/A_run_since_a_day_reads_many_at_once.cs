using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Behind a run of what changed since a day not all payments come. Which ones paid its documents earlier is read along
/// with the documents, two thousand at a time, and so are the lines that tell their tax apart.
/// </summary>
public sealed class A_run_since_a_day_reads_many_at_once : ReceivablesRoadTest
{
    private const int Invoices = 250;

    internal override LogLevel Logged => LogLevel.Error;

    internal override UpflowSimulatorOptions UpflowOptions { get; } = new() { SampleData = false };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_most_one_transaction_for_a_thousand_records_beside_the_end_of_each_list(bool since)
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        for (var i = 0; i < Invoices; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"INV-{i}");
            Intacct.Screens.PostInvoiceWithTax("C-1", number, 100, 19);
            Intacct.Screens.Pay("C-1", [(number, 40)]);
            if (i < Invoices / 5)
                Intacct.Screens.PostCreditMemo("C-1", $"CM-{number}", 5);
        }

        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync();
        await BackfillAsync(UpflowFlows.Customers);
        var from = since ? Clock.GetUtcNow() - TimeSpan.FromDays(30) : (DateTimeOffset?)null;
        var before = Intacct.Counters.Transactions;
        await BackfillSinceAsync(from, UpflowFlows.Invoices, UpflowFlows.CreditNotes);
        var documents = Intacct.Counters.Transactions - before;

        // For each of the two flows: invoices with their lines and what paid them, adjustments likewise, and what was
        // deleted. Batch by batch it would be a dozen more.
        Assert.InRange(documents, 1, since ? 24 : 20);
        Assert.Equal(Invoices, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(10000, (long)Invoice("INV-7")!["netAmount"]!);
        Assert.Equal(7900, Upflow.Screens.Outstanding("INV-7"));
    }
}
