using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>An automation in Zuper, or another integration, empties the field of the Sage id each time.</summary>
public class An_id_that_Zuper_does_not_keep_is_told : InvoiceRoadTest
{
    private const string Label = "Sage Invoice ID";

    private int _written;

    [Fact]
    public async Task Each_write_is_an_event_and_they_do_not_go_on_for_ever()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        Empties(uid);
        await RestAsync(TimeSpan.FromHours(2));

        await AssertNeedsAsync(uid, "write-back-not-shown");
        Assert.Equal(3, _written);
        Assert.Single(Invoices);
        Assert.NotNull((await InvoiceEntryAsync(uid)).TargetId);

        // What comes meanwhile is looked at, and the id is not written for it.
        Zuper.Screens.Edit(uid, r => r["notes"] = "Call first");
        await RestAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, _written);

        Wire.Refuse = null;
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(Invoices[0]["RECORDNO"], InvoiceId(uid));
    }

    [Fact]
    public async Task What_a_person_empties_now_and_then_is_filled_each_time()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        for (var times = 0; times < 5; times++)
        {
            Zuper.Screens.EditField(uid, Label, "");
            await RestAsync(TimeSpan.FromHours(1));
            await AssertSyncedAsync(uid);
            Assert.Equal(Invoices[0]["RECORDNO"], InvoiceId(uid));
        }
    }

    /// <summary>The field is emptied a while after the id was seen there: never twice in a row.</summary>
    [Fact]
    public async Task What_is_emptied_again_and_again_within_a_day_is_told_as_well()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        var filled = 0;
        while (filled < 30 && (await InvoiceEntryAsync(uid)).State == RecordState.Synced)
        {
            filled++;
            Zuper.Screens.EditField(uid, Label, "");
            await RestAsync(TimeSpan.FromMinutes(30));
        }

        await AssertNeedsAsync(uid, "write-back-not-shown");
        Assert.Equal(10, filled);

        Clock.Advance(TimeSpan.FromDays(1));
        Zuper.Screens.Edit(uid, r => r["notes"] = "Call first");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(Invoices[0]["RECORDNO"], InvoiceId(uid));
    }

    private void Empties(string uid) =>
        Wire.Refuse = request =>
        {
            if (request.Method == HttpMethod.Patch)
                _written++;
            else if (request.Method == HttpMethod.Get && !string.IsNullOrEmpty(InvoiceId(uid)))
                Zuper.Screens.EditField(uid, Label, "");
            return null;
        };
}
