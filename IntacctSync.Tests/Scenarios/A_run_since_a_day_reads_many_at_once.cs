using System.Globalization;
using System.Text.RegularExpressions;
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
    private const int Invoices = 60;

    internal override LogLevel Logged => LogLevel.Error;

    internal override UpflowSimulatorOptions UpflowOptions { get; } = new() { SampleData = false };

    [Fact]
    public async Task What_paid_the_documents_and_their_lines_are_asked_for_once_and_not_batch_by_batch()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        for (var i = 0; i < Invoices; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"INV-{i}");
            Intacct.Screens.PostInvoiceWithTax("C-1", number, 100, 19);
            if (i % 10 == 0)
                Intacct.Screens.Pay("C-1", [(number, 40)]);
            if (i % 2 == 0)
                Intacct.Screens.PostCreditMemoWithTax("C-1", $"CM-{number}", 5, 1);
        }

        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync();
        await BackfillAsync(UpflowFlows.Customers);
        List<string> asked = [];
        Wire.Change = (sent, answer) =>
        {
            lock (asked)
                asked.Add(sent);
            return answer;
        };
        await BackfillSinceAsync(
            Clock.GetUtcNow() - TimeSpan.FromDays(30),
            UpflowFlows.Invoices,
            UpflowFlows.CreditNotes
        );
        Assert.Equal(1, Count("<object>ARPYMTDETAIL</object>.*<in>\\s*<field>RECORDKEY</field>"));
        Assert.Equal(1, Count("<object>ARPYMTDETAIL</object>.*<in>\\s*<field>ADJUSTMENTKEY</field>"));
        Assert.Equal(1, Count("<object>ARINVOICEITEM</object>"));
        Assert.Equal(1, Count("<object>ARADJUSTMENTITEM</object>"));
        Assert.Equal(0, Count("<read>\\s*<object>(ARINVOICE|ARADJUSTMENT)</object>"));
        Assert.Equal(Invoices, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(10000, (long)Invoice("INV-7")!["netAmount"]!);
        Assert.Equal(7900, Upflow.Screens.Outstanding("INV-10"));
        Assert.Equal(500, (long)Upflow.Screens.Record("credit_notes", "CM-INV-8")!["netAmount"]!);

        int Count(string pattern)
        {
            lock (asked)
                return asked.Count(a => Regex.IsMatch(a, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(5)));
        }
    }

    /// <summary>The role of the user may not even look at payments then.</summary>
    [Fact]
    public async Task What_paid_the_documents_is_not_asked_for_while_payments_are_off()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync(s => s with { SyncPayments = false, SyncReceipts = false });
        await BackfillAsync(UpflowFlows.Customers);
        List<string> asked = [];
        Wire.Change = (sent, answer) =>
        {
            lock (asked)
                asked.Add(sent);
            return answer;
        };
        await BackfillSinceAsync(
            Clock.GetUtcNow() - TimeSpan.FromDays(30),
            UpflowFlows.Invoices,
            UpflowFlows.CreditNotes
        );
        Assert.NotNull(Invoice("INV-1"));
        lock (asked)
            Assert.DoesNotContain(asked, a => a.Contains("ARPYMTDETAIL", StringComparison.Ordinal));
    }
}
