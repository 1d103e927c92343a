using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An older copy of the store was restored: the row is older than the invoice's newest link, which Zuper shows.
/// </summary>
public class An_invoice_that_shows_another_one_than_its_row_says : PaidFirstTest
{
    [Fact]
    public async Task One_that_was_made_anew_is_not_left_in_the_books_in_silence_when_it_is_cancelled()
    {
        await OpenAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var uid = MakeInvoice(Line("A", 1, 10), Line("B", 1, 20));
        await SweepZuperAsync();
        var older = await InvoiceEntryAsync(uid);
        EditLines(uid, l => l.RemoveAt(1));
        await SweepZuperAsync();
        var newer = (await InvoiceEntryAsync(uid)).TargetId!;
        Assert.NotEqual(older.TargetId, newer);
        await RestoreAsync(older);
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "sage-id-changed");

        // As the fix says: the one that Zuper shows is right, and it is not the sync's to reverse any more.
        await LinkAsync(uid, "INV-2001-2");
        await RestAsync();
        await AssertNeedsAsync(uid, "cancelled-and-booked");
        Assert.Equal("Posted", Intacct.Company.Record("ARINVOICE", newer)!["STATE"]);
    }

    [Fact]
    public async Task One_whose_row_is_out_of_the_books_is_not_left_in_silence_either()
    {
        await OpenAsync();
        var uid = MakeInvoice();
        await SweepZuperAsync();
        var booked = await InvoiceEntryAsync(uid);
        await RestoreAsync(booked with { TargetId = "987654", Hash = InvoiceHash.Reversed, Revision = 1 });
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "sage-id-changed");
        Assert.Contains(booked.TargetId!, (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("described otherwise")]
    [InlineData("of another sum")]
    [InlineData("put aside")]
    public async Task The_invoice_of_a_former_link_is_not_touched_and_the_newer_id_stays(string what)
    {
        var (uid, strangers, own) = await RelinkedAsync();
        switch (what)
        {
            case "cancelled":
                Zuper.Screens.SetStatus(uid, "CANCELED");
                break;
            case "described otherwise":
                Zuper.Screens.Edit(uid, i => i["description"] = "Second visit");
                break;
            case "of another sum":
                EditLines(uid, l => l[0]!["unit_price"] = 141);
                break;
            case "put aside":
                Zuper.Screens.SetStatus(uid, "CLOSED");
                break;
        }

        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "sage-id-changed");
        var left = Intacct.Company.Record("ARINVOICE", strangers)!;
        Assert.Equal(("Posted", "", "129"), (left["STATE"], left["DESCRIPTION"], left["TRX_TOTALENTERED"]));
        Assert.Equal(own, InvoiceId(uid));
    }

    [Fact]
    public async Task It_goes_on_once_it_is_linked_to_the_one_that_it_shows()
    {
        var (uid, strangers, own) = await RelinkedAsync();
        Zuper.Screens.Edit(uid, i => i["description"] = "Second visit");
        await SweepZuperAsync();
        await LinkAsync(uid, "X-2");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Zuper.Screens.Edit(uid, i => i["description"] = "Third visit");
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Third visit", Intacct.Company.Record("ARINVOICE", own)!["DESCRIPTION"]);
        Assert.Equal("", Intacct.Company.Record("ARINVOICE", strangers)!["DESCRIPTION"]);
    }

    [Fact]
    public async Task It_goes_on_with_its_own_once_the_other_id_is_cleared()
    {
        var (uid, strangers, _) = await RelinkedAsync();
        Zuper.Screens.Edit(uid, i => i["description"] = "Second visit");
        await SweepZuperAsync();
        Zuper.Screens.EditField(uid, "Sage Invoice ID", "");
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(strangers, InvoiceId(uid));
        Assert.Equal("Second visit", Intacct.Company.Record("ARINVOICE", strangers)!["DESCRIPTION"]);
    }

    /// <summary>
    /// An invoice whose row names the former one of two that it was linked to, and that shows the other.
    /// </summary>
    private async Task<(string Uid, string Strangers, string Own)> RelinkedAsync()
    {
        await OpenAsync();
        var customer = SageId(Organization)!;
        var strangers = Intacct.Screens.PostInvoice(customer, "X-1", 129).ToString(CultureInfo.InvariantCulture);
        var own = Intacct.Screens.PostInvoice(customer, "X-2", 129).ToString(CultureInfo.InvariantCulture);
        var uid = MakeInvoice();
        await LinkAsync(uid, "X-1");
        await RestAsync();
        var older = await InvoiceEntryAsync(uid);
        await LinkAsync(uid, "X-2");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(own, InvoiceId(uid));
        await RestoreAsync(older);
        return (uid, strangers, own);
    }

    private async Task RestoreAsync(KeyMapEntry older) =>
        Assert.Single(
            await Process
                .Get<KeyMapStore>()
                .SaveAsync([older with { Stored = (await InvoiceEntryAsync(older.Key.SourceId)).Stored }], Forever)
        );
}
