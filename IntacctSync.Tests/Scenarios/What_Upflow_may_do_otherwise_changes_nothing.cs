using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// One story in which everything happens, played once with each switch of the simulator the other way: whatever Upflow
/// turns out to do where no source says it, the books agree.
/// </summary>
public sealed class What_Upflow_may_do_otherwise_changes_nothing : ReceivablesRoadTest
{
    private static readonly Dictionary<string, Action<UpflowSimulatorOptions>> Otherwise = new(StringComparer.Ordinal)
    {
        ["as usual"] = static _ => { },
        ["upsert replaces"] = static o => o.UpsertReplaces = true,
        ["made is 201"] = static o => o.CreatedStatus = 201,
        ["lists have names"] = static o =>
        {
            o.ListKeys["credit_notes"] = "creditNotes";
            o.ListKeys["refunds"] = "refunds";
            o.ListKeys["payments"] = "payments";
            o.ListKeys.Remove("invoices");
            o.ListKeys.Remove("customers");
        },
        ["newest first"] = static o => o.ListsNewestFirst = true,
        ["reference is paymentReference"] = static o => o.ReferenceField = "paymentReference",
        ["reference is externalReference"] = static o => o.ReferenceField = "externalReference",
        ["portal payments have another type"] = static o => o.PortalType = "STRIPE",
        ["a payment says nothing of its money"] = static o => o.PaymentStatusField = null,
        ["a payment has a state"] = static o => o.PaymentStatusField = "state",
        ["what is linked is not deleted"] = static o => o.LinkedDeleteRefused = true,
        ["a refund frees nothing"] = static o => o.RefundFreesLinks = false,
        ["an amount may be below its links"] = static o => o.AmountBelowLinksRefused = false,
        ["unknown fields pass"] = static o => o.UnknownFieldsRefused = false,
        ["one level of parents"] = static o => o.DeepParentsRefused = true,
        ["an unknown side is 400"] = static o => o.UnknownSideStatus = 400,
        ["lists only"] = static o => (o.ReadsOneCreditNote, o.ReadsOnePayment) = (false, false),
        ["one by one"] = static o => (o.ReadsOneCreditNote, o.ReadsOnePayment) = (true, true),
        ["no Retry-After"] = static o => (o.SaysRetryAfter, o.RequestsPerMinute) = (false, 20),
    };

    public static TheoryData<string> Switches => [.. Otherwise.Keys];

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task The_books_agree(string otherwise)
    {
        Otherwise[otherwise](UpflowOptions);
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncReceipts = true,
                Receipts = new ReceiptSettings { BankAccountId = "BANK" },
            }
        );
        var books = Intacct.Screens;
        books.AddCustomer("C-0", "Group", "group@harbor.example");
        books.AddCustomer("C-1", "Harbor", "ap@harbor.example", "C-0");
        books.AddCustomer("C-2", "Pier", "pier@harbor.example", "C-1");
        books.PostInvoice("C-1", "INV-1", 100);
        books.PostInvoice("C-1", "INV-2", 50);
        books.PostInvoice("C-1", "INV-3", 100);
        books.PostInvoice("C-1", "INV-4", 30);
        books.PostInvoice("C-1", "INV-5", 80);
        var memo = books.PostCreditMemo("C-1", "CM-1", 20);
        var advance = books.Advance("C-1", 25);
        var whole = books.Receive("C-1", [new PaymentRow("INV-3", 100)]);
        await PollAsync();

        var payment = books.Receive("C-1", [new PaymentRow("INV-1", 60)], total: 70, reference: "4711");
        books.ApplyCreditMemo(memo, [("INV-1", 5m)]);
        books.ApplyCredit(advance, [("INV-2", 10m)]);
        await PollAsync();

        books.EditPayment(payment, [new PaymentRow("INV-1", 40)], total: 45);
        books.ReversePayment(whole);
        books.EditInvoiceLine("INV-3", 1, 60);
        books.DeleteInvoice("INV-4");
        books.ReverseInvoice("INV-5");
        Upflow.Screens.PayInPortal([("INV-2", 4000)], reference: "pi_1");
        await PollAsync();
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        Assert.Equal("pi_1", Assert.Single(Receipts())["DOCNUMBER"]);

        Upflow.Screens.Refund(
            Upflow.Screens.Records("payments").Single(p => p["externalId"] is null)["id"]!.ToString()
        );
        await PollAsync();
        await PollAsync();

        Assert.Equal(
            (5500L, 4000L, 6000L, 0L),
            (
                Upflow.Screens.Outstanding("INV-1"),
                Upflow.Screens.Outstanding("INV-2"),
                Upflow.Screens.Outstanding("INV-3"),
                Upflow.Screens.Outstanding("INV-5")
            )
        );
        Assert.Null(Upflow.Screens.Record("invoices", "INV-4"));
        Assert.Equal(1500, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
        Assert.Equal(12000, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Equal(12000, Due());
        Assert.Equal("C-0", ParentOf("C-2"));
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
            Assert.Empty(await ProblemsAsync(flow));
    }

    private IEnumerable<IReadOnlyDictionary<string, string>> Receipts() =>
        Intacct
            .Company.Records("ARPYMT")
            .Where(p => p.GetValueOrDefault("DESCRIPTION", "").StartsWith("Taken in Upflow", StringComparison.Ordinal));

    /// <summary>What the customer owes in Intacct, in cents.</summary>
    private decimal Due() =>
        100
        * (
            Sum("ARINVOICE", "TRX_TOTALDUE", _ => true)
            + Sum("ARADJUSTMENT", "TRX_TOTALDUE", _ => true)
            - Sum("ARPYMT", "TRX_TOTALDUE", p => p["DISPLAYSTATE"] == "Complete" && p["RECORDTYPE"] != "rr")
            - Sum("ARADVANCE", "TRX_TOTALDUE", _ => true)
        );

    private decimal Sum(string kind, string field, Func<IReadOnlyDictionary<string, string>, bool> fits) =>
        Intacct
            .Company.Records(kind)
            .Where(fits)
            .Sum(r => decimal.Parse(r[field], System.Globalization.CultureInfo.InvariantCulture));

    private async Task<IReadOnlyList<string>> ProblemsAsync(FlowName flow)
    {
        var problems = new List<string>();
        foreach (
            var state in new[] { RecordState.NeedsAction, RecordState.Dead, RecordState.Pending, RecordState.InDoubt }
        )
        {
            var page = await Process.Get<RecordQuery>().ListAsync(Id, flow, state, null, null, 100, Forever);
            problems.AddRange(page.Items.Select(e => $"{e.Key} {e.State} {e.Problem}"));
        }

        return problems;
    }
}
