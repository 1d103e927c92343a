using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The first two calls of each kind by which something is written to Upflow go without an answer, or are refused for
/// now: when something is made, when it is changed, and when it is taken back.
/// </summary>
public sealed class A_lost_reply_doubles_and_loses_nothing_in_Upflow : ReceivablesRoadTest
{
    private static readonly string[] Routes =
    [
        "POST /v1/customers",
        "POST /v1/invoices",
        "POST /v1/credit_notes",
        "POST /v1/payments",
        "POST /v1/refunds",
        "POST /v1/reconcile",
    ];

    public static TheoryData<string> Faults =>
        [
            UpflowFaults.ResetBefore,
            UpflowFaults.ResetAfter,
            UpflowFaults.LostAnswer,
            UpflowFaults.Http503After,
            UpflowFaults.TruncatedAnswer,
            UpflowFaults.Http429,
            UpflowFaults.Http500,
            UpflowFaults.Http503,
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_is_written(string fault)
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60, 5)], total: 75);
        Intacct.Screens.ApplyCreditMemo(memo, [("INV-2", 10m)]);
        await PollWithAsync(fault);
        AssertBooks(invoice: 3500, other: 4000, unlinkedPaid: 1500, unlinkedCredit: 1000);

        Intacct.Screens.RenameCustomer("C-1", "Harbor & Sons");
        Intacct.Screens.ChangeApplication(payment, "INV-1", 40);
        Intacct.Screens.EditInvoice("INV-2", Fields(("DESCRIPTION", "Edited")));
        await PollWithAsync(fault);
        AssertBooks(invoice: Due("INV-1"), other: 4000, unlinkedPaid: Rest(payment), unlinkedCredit: 1000);
        Assert.Equal("Harbor & Sons", Customer("C-1")["name"]!.ToString());

        Intacct.Screens.ReversePayment(payment);
        await PollWithAsync(fault);
        AssertBooks(invoice: 10000, other: 4000, unlinkedPaid: 0, unlinkedCredit: 1000);
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
        {
            var page = await Process.Get<RecordQuery>().ListAsync(Id, flow, null, null, null, 200, Forever);
            Assert.All(
                page.Items,
                e =>
                    Assert.True(
                        e.State is RecordState.Synced or RecordState.Skipped && e.Intent is null,
                        $"{e.Key}: {e.State} {e.Problem}"
                    )
            );
        }
    }

    /// <summary>Found by a random history.</summary>
    [Theory]
    [InlineData(UpflowFaults.ResetAfter, true)]
    [InlineData(UpflowFaults.ResetAfter, false)]
    [InlineData(UpflowFaults.LostAnswer, true)]
    [InlineData(UpflowFaults.ResetBefore, true)]
    [InlineData(UpflowFaults.ResetBefore, false)]
    public async Task An_invoice_that_ends_while_nobody_knows_whether_it_was_made_is_not_owed(
        string fault,
        bool deleted
    )
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Refuse("POST /v1/invoices", fault: fault);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Poller>()
            .TickAsync([UpflowFlows.Customers, UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        while (Intacct.Company.Records("ARINVOICE").Count > 0 && await Process.WorkAsync(this, Forever))
        {
            if (Upflow.Counters.Of("POST /v1/invoices") == 0)
                continue;
            if (deleted)
                Intacct.Screens.DeleteInvoice("INV-1");
            else
                Intacct.Screens.ReverseInvoice("INV-1");
            break;
        }

        await RestAsync();
        await PollAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Assert.NotEqual(0, Upflow.Counters.Of("POST /v1/invoices"));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
        Assert.All(
            Upflow.Screens.Records("invoices"),
            i => Assert.Equal(0, Upflow.Screens.Outstanding(i["id"]!.ToString()))
        );
    }

    private async Task PollWithAsync(string fault)
    {
        foreach (var route in Routes)
            Upflow.Faults.Add(
                new FaultRule
                {
                    Fault = fault,
                    Match = Fields(("route", route)),
                    Times = 2,
                }
            );
        await PollAsync();
        await PollAsync();
        Upflow.Faults.Clear();
        await PollAsync();
    }

    private void AssertBooks(long invoice, long other, long unlinkedPaid, long unlinkedCredit) =>
        Assert.Equal(
            (2, 1, invoice, other, unlinkedPaid, unlinkedCredit, invoice + other - unlinkedPaid - unlinkedCredit),
            (
                Upflow.Screens.Records("invoices").Count,
                Upflow.Screens.Records("payments").Count,
                Upflow.Screens.Outstanding("INV-1"),
                Upflow.Screens.Outstanding("INV-2"),
                Unlinked("payments") + Unlinked("refunds"),
                Unlinked("credit_notes"),
                Upflow.Screens.Balance("C-1", "USD")
            )
        );

    private long Due(string number) =>
        Smallest(Intacct.Company.Records("ARINVOICE").Single(i => i["RECORDID"] == number)["TRX_TOTALDUE"]);

    private long Rest(int payment) => Smallest(Intacct.Company.Record("ARPYMT", Text(payment))!["TRX_TOTALDUE"]);

    private static long Smallest(string amount) => (long)(decimal.Parse(amount, CultureInfo.InvariantCulture) * 100);

    private long Unlinked(string list) =>
        Upflow.Screens.Records(list).Sum(r => Upflow.Screens.Unlinked(list, r["id"]!.ToString()));
}
