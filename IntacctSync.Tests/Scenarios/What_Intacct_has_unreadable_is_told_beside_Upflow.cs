using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A record of Intacct of which something can't be read is told by its name, and ends neither the comparison nor what
/// is told of the others.
/// </summary>
public sealed class What_Intacct_has_unreadable_is_told_beside_Upflow : ReceivablesRoadTest
{
    [Theory]
    [InlineData("ARPYMT", "DOCNUMBER", "P-1", "TRX_TOTALPAID", "upflow-payments P-1")]
    [InlineData("ARADVANCE", "DOCNUMBER", "A-1", "TRX_TOTALENTERED", "upflow-payments A-1")]
    [InlineData("ARINVOICE", "RECORDID", "INV-1", "TRX_TOTALPAID", "upflow-invoices INV-1")]
    [InlineData("ARADJUSTMENT", "RECORDID", "CM-1", "TRX_TOTALPAID", "upflow-credit-notes CM-1")]
    public async Task An_amount_of_it(string kind, string field, string number, string amount, string told)
    {
        await FillAsync();
        Spoil(kind, r => r.GetValueOrDefault(field) == number, amount);
        await AssertToldAsync(told);
    }

    [Fact]
    public async Task What_was_applied_of_an_advance()
    {
        var advance = await FillAsync();
        Spoil("ARPYMTDETAIL", d => d.GetValueOrDefault("ADVANCEKEY") == Text(advance), "TRX_POSTEDADVANCEAMOUNT");
        await AssertToldAsync("upflow-payments A-1");
    }

    /// <summary>That the balance of its customer can't be told is said, too; the others are compared.</summary>
    private async Task AssertToldAsync(string told)
    {
        Upflow.Screens.PayInPortal([("INV-3", 1000)]);
        var differences = await CompareAsync();
        Assert.Contains($"{told}  '' '' unknown", differences);
        Assert.Contains("upflow-customers C-1 Harbor  '' '' unknown", differences);
        Assert.Contains("upflow-invoices INV-3 open '90.00' '80.00' paidOtherwise", differences);
        Assert.Equal(2, differences.Count(d => d.EndsWith(" unknown", StringComparison.Ordinal)));
    }

    /// <returns>The RECORDNO of an advance, of which a part is applied.</returns>
    private async Task<int> FillAsync()
    {
        await ConnectUpflowAsync();
        var screens = Intacct.Screens;
        screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        screens.AddCustomer("C-2", "Pier", "ap@pier.example");
        screens.PostInvoice("C-1", "INV-1", 200);
        screens.PostInvoice("C-1", "INV-2", 70);
        screens.PostInvoice("C-2", "INV-3", 90);
        screens.PostCreditMemo("C-1", "CM-1", 20);
        await PollAsync();
        screens.Receive("C-1", [new("INV-1", 60)], total: 80, reference: "P-1");
        var advance = screens.Advance("C-1", 25, reference: "A-1");
        await PollAsync();
        screens.ApplyCredit(advance, [("INV-2", 5m)]);
        await PollAsync();
        return advance;
    }

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync)).Differences;
}
