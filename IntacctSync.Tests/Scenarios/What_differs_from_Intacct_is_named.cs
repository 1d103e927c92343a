using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The comparison of both sides, where Zuper is one, of what was paid.</summary>
public sealed class What_differs_from_Intacct_is_named : BooksTest
{
    private static readonly FlowName[] Money = [ZuperFlows.Invoices, ZuperFlows.Payments];

    [Fact]
    public async Task What_is_paid_on_one_side_only()
    {
        await OpenBooksAsync();
        var (card, bySage, credited) = (await InvoiceAsync(100), await InvoiceAsync(200), await InvoiceAsync(300));
        Intacct.Screens.Pay(Customer, [(bySage.Number, 50)], reference: "CHK-1");
        await PollAsync();
        Assert.Equal([], await CompareAsync());

        Zuper.Screens.Pay(card.Uid, 40, reference: "card");
        var memo = Intacct.Screens.PostCreditMemo(Customer, "CM-1", 30);
        Intacct.Screens.ApplyCreditMemo(memo, [(credited.Number, 30m)]);
        Assert.Equal(
            [
                $"invoices {card.Number} paid '40.00' '0.00' paidOtherwise",
                $"invoices {credited.Number} paid '0.00' '30.00' paidOtherwise",
            ],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task Nothing_of_a_payment_in_another_currency_that_gave_the_invoice_what_stands_on_it()
    {
        await OpenBooksAsync();
        var (known, unknown) = (await InvoiceAsync(100), await InvoiceAsync(100));
        Intacct.Screens.PayInCurrency(Customer, [(known.Number, 80)], "EUR", 1.25m);
        Tamper(
            "ARINVOICE",
            Intacct.Screens.InvoiceNo(unknown.Number).ToString(CultureInfo.InvariantCulture),
            ("CURRENCY", "GBP")
        );
        Intacct.Screens.PayInCurrency(Customer, [(unknown.Number, 40)], "EUR", 1.25m);
        await PollAsync();

        // Of the other one the flow asks; no number of another currency is held against it.
        var asked = Assert.Single(await CompareAsync(ZuperFlows.Payments));
        Assert.EndsWith(" '' '' needsPerson", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_in_another_currency_of_an_invoice_that_a_query_does_not_show()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Intacct.Screens.PayInCurrency(Customer, [(number, 80)], "EUR", 1.25m);
        await PollAsync();
        Zuper.Screens.Void(
            History(Zuper.Screens.Record(uid)!)[0]!["payment_transaction"]!["payment_transaction_uid"]!.ToString()
        );
        Wire.Change = static (sent, answer) =>
            sent.Contains("<query>", StringComparison.Ordinal) ? HiddenRecords.Hide(answer, "ARINVOICE") : answer;
        Assert.EndsWith(
            " amount '100.00' '0.00' changedByHand",
            Assert.Single(await CompareAsync(ZuperFlows.Payments)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_payment_that_counts_no_longer_in_Intacct_and_stands_in_Zuper()
    {
        await OpenBooksAsync();
        var (voided, deleted) = (await InvoiceAsync(100), await InvoiceAsync(200));
        var first = Intacct.Screens.Pay(Customer, [(voided.Number, 100)], reference: "CHK-1");
        var second = Intacct.Screens.Pay(Customer, [(deleted.Number, 60)], reference: "CHK-2");
        await PollAsync();
        Assert.Equal([], await CompareAsync(ZuperFlows.Payments));

        Intacct.Screens.ReversePayment(first);
        Tamper("ARPYMT", second.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            ["payments CHK-1 amount '0.00' '100.00' waiting", "payments CHK-2  '' '' sourceGone"],
            await CompareAsync(ZuperFlows.Payments)
        );

        await PollAsync();
        Assert.DoesNotContain(
            await CompareAsync(ZuperFlows.Payments),
            d => d.StartsWith("payments CHK-1", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_payment_that_was_voided_in_Zuper_by_hand_though_another_one_stands_on_its_invoice()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Intacct.Screens.Pay(Customer, [(number, 70)], reference: "CHK-1");
        await PollAsync();
        var transaction = History(Zuper.Screens.Record(uid)!)[0]!["payment_transaction"]![
            "payment_transaction_uid"
        ]!.ToString();
        Zuper.Screens.Void(transaction);
        Zuper.Screens.Pay(uid, 20, reference: "card");
        Assert.Contains("payments CHK-1 amount '70.00' '0.00' changedByHand", await CompareAsync());
    }

    [Fact]
    public async Task A_payment_from_before_the_start_of_an_invoice_that_is_linked()
    {
        await OpenBooksAsync(s =>
            s with
            {
                StartDate = new DateOnly(2026, 3, 2),
                DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
            }
        );
        var (_, number) = await InvoiceAsync(100);
        Intacct.Screens.Pay(Customer, [(number, 70)], reference: "CHK-1", date: new DateOnly(2026, 3, 1));
        Assert.Contains("payments CHK-1  '' '' unknown", await CompareAsync());
    }

    [Fact]
    public async Task An_invoice_that_can_not_be_read_leaves_the_others_compared()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var (_, other) = await InvoiceAsync(100);
        Intacct.Screens.Pay(Customer, [(number, 100)], reference: "CHK-1");
        Intacct.Screens.Pay(Customer, [(other, 100)], reference: "CHK-2");
        await PollAsync();
        Zuper.Screens.Edit(uid, i => i["payment_history"]![0]!["amount"] = "much");
        Assert.Equal(["payments CHK-1  '' '' unknown"], await CompareAsync(ZuperFlows.Payments));
    }

    [Fact]
    public async Task Payments_of_many_invoices_of_others_are_looked_up_together()
    {
        await OpenBooksAsync();
        var one = await ReadsAsync(1);
        Assert.Equal(one, await ReadsAsync(4));
    }

    /// <summary>
    /// How often invoices of Intacct are read, where so many more payments are of invoices that have the number of one
    /// that is linked, and are not it.
    /// </summary>
    private async Task<int> ReadsAsync(int payments)
    {
        for (var i = 0; i < payments; i++)
        {
            var (linked, other) = (await InvoiceAsync(100), await InvoiceAsync(100, linked: false));
            Intacct.Screens.Pay(Customer, [(other.Number, 50)], reference: $"CHK-{other.Number}");
            Tamper(
                "ARINVOICE",
                Intacct.Screens.InvoiceNo(other.Number).ToString(CultureInfo.InvariantCulture),
                ("RECORDID", linked.Number)
            );
        }

        var reads = 0;
        Wire.Change = (sent, answer) =>
        {
            if (sent.Contains("<object>ARINVOICE</object>", StringComparison.Ordinal))
                reads++;
            return answer;
        };
        await CompareAsync(ZuperFlows.Payments);
        Wire.Change = null;
        return reads;
    }

    private async Task<IReadOnlyList<string>> CompareAsync(params FlowName[] flows) =>
        (
            await Process.ReconcileAsync(await ConnectionAsync(), PassAsync, flows.Length == 0 ? Money : flows)
        ).Differences;
}
