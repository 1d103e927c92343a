using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Queries do not show for a while what was written; what is decided meanwhile must not be decided by what they lack.
/// </summary>
public class Intacct_shows_invoices_late : InvoiceRoadTest
{
    [Fact]
    public async Task A_line_that_is_added_right_after_the_booking_is_added_alone()
    {
        var uid = await BookAsync();
        EditLines(uid, lines => lines.Add(Line("Trip", 1, 45)));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["129", "45"], Amounts(uid));
    }

    [Fact]
    public async Task What_is_changed_and_changed_back_is_as_it_was()
    {
        var uid = await BookAsync();
        foreach (var (name, description) in new[] { ("Tune-down", "Changed"), ("Tune-up", "As before") })
        {
            EditLines(uid, lines => lines[0]!["name"] = name);
            Zuper.Screens.Edit(uid, i => i["description"] = description);
            await RestAsync();
        }

        await AssertSyncedAsync(uid);
        Assert.Equal("Tune-up", Assert.Single(LinesOf(uid))["ENTRYDESCRIPTION"]);
        Assert.Equal("As before", Booked(uid)["DESCRIPTION"]);
    }

    [Fact]
    public async Task An_invoice_that_is_cancelled_right_after_its_booking_is_reversed()
    {
        var uid = await BookAsync();
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["Reversed", "Reversal"], Invoices.Select(i => i["STATE"]));
    }

    [Fact]
    public async Task What_is_really_gone_is_noted_once_Intacct_says_so()
    {
        var uid = await BookAsync();
        await AssertSyncedAsync(await AlsoAsync());
        Intacct.Screens.DeleteInvoice("INV-2001");
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(1, (await InvoiceEntryAsync(uid)).Revision);
    }

    private async Task<string> AlsoAsync()
    {
        var other = MakeInvoice();
        await RestAsync();
        return other;
    }

    private async Task<string> BookAsync()
    {
        await BooksAsync();
        Intacct.Options.VisibilityDelay = TimeSpan.FromMinutes(5);
        var uid = MakeInvoice();
        await RestAsync();
        await AssertSyncedAsync(uid);
        return uid;
    }
}
