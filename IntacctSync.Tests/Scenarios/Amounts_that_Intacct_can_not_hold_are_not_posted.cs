using IntacctSync.Core.Domain;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Intacct keeps two decimals of any currency: what has more, or more than is owed, is asked about.</summary>
public sealed class Amounts_that_Intacct_can_not_hold_are_not_posted : ReceiptsRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["JPY"] = 0.007m,
                        ["KWD"] = 3.2m,
                    },
                },
            ],
        };

    [Theory]
    [InlineData(5125, null)]
    [InlineData(5120, "5.12")]
    public async Task A_dinar_has_three_decimals(long amount, string? posted)
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-KWD", 10, currency: "KWD");
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-KWD"));
        var payment = Take("INV-KWD", amount, "pi_kwd");
        await PollAsync();
        Assert.Equal(posted is null ? "receipt-amount-uneven" : null, await CodeAsync(payment));
        Assert.Equal(posted, Posted.SingleOrDefault()?["TRX_TOTALENTERED"]);
    }

    [Fact]
    public async Task A_yen_has_none_and_an_invoice_may_owe_half_of_one_in_Intacct()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-JPY", 1000.50m, currency: "JPY");
        await PollAsync();
        Assert.Equal(1001, Upflow.Screens.Outstanding("INV-JPY"));
        var payment = Take("INV-JPY", reference: "pi_jpy");
        await PollAsync();
        Assert.Equal("receipt-invoice-paid", await CodeAsync(payment));
        Assert.Contains("owes 1000.50 JPY", (await ReceiptAsync(payment)).Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Posted);
    }
}
