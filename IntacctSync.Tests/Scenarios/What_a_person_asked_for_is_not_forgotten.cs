using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_a_person_asked_for_is_not_forgotten : PaidFirstTest
{
    /// <summary>A day before the one on which the connection is made.</summary>
    private const string Before = "2026-02-10";

    private static readonly DateOnly LongAgo = new(2026, 2, 20);

    [Fact]
    public async Task An_old_invoice_of_a_backfill_is_booked_when_what_it_needed_is_corrected_in_Zuper()
    {
        var uid = await NeedingALocationAsync();
        Zuper.Screens.Edit(uid, i => i["custom_fields"] = Location("200"));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("200", LinesOf(uid).Single()["LOCATIONID"]);
        Assert.False((await InvoiceEntryAsync(uid)).Requested);
    }

    [Fact]
    public async Task One_that_is_only_touched_still_needs_a_person_and_is_counted_by_a_retry_of_its_cause()
    {
        var uid = await NeedingALocationAsync();
        Zuper.Screens.Edit(uid, i => i["remarks"] = "Called twice");
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");
        Assert.Equal(
            1,
            await Process
                .Get<PersonRequests>()
                .RetryAllAsync(await ConnectionAsync(), ZuperFlows.Invoices, "location-unknown", Forever)
        );
    }

    [Fact]
    public async Task One_that_was_a_draft_when_it_was_asked_for_is_booked_when_it_is_issued()
    {
        await BooksAsync();
        var uid = await AskedForAsync(i => i["invoice_status"] = "DRAFT");
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        await RestAsync();
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task One_that_waits_for_its_customer_is_booked_when_that_is_mended()
    {
        await BooksAsync();
        var organization = MakeOrganization("Kestrel Bakery", o => o["organization_email"] = "ap@");
        var uid = await AskedForAsync(i => i["organization"] = organization);
        Assert.Empty(Invoices);
        Zuper.Screens.Edit(organization, o => o["organization_email"] = "ap@kestrel.example");
        await RestAsync(TimeSpan.FromDays(2));
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task A_retry_is_kept_until_the_record_is_ignored()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Location" });
        var uid = MakeInvoice(i => (i["invoice_date"], i["custom_fields"]) = (Before, Location("999")));
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
        await RetryAsync(uid);
        await AssertNeedsAsync(uid, "location-unknown");
        Zuper.Screens.Edit(uid, i => i["remarks"] = "Called twice");
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");

        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), ZuperFlows.Invoices, uid, null, Forever);
        Assert.False((await InvoiceEntryAsync(uid)).Requested);
    }

    [Fact]
    public async Task An_invoice_that_needs_a_person_is_not_left_out_for_a_date_that_is_put_before_the_start()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Location" });
        var uid = MakeInvoice(i => i["custom_fields"] = Location("999"));
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");
        Zuper.Screens.Edit(uid, i => i["invoice_date"] = Before);
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");
    }

    [Fact]
    public async Task A_payment_of_a_linked_invoice_is_carried_whatever_its_date()
    {
        await BooksAsync(s => s with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid });
        var uid = MakeInvoice(i => i["invoice_date"] = Before);
        await RestAsync();
        await RetryAsync(uid);
        var payment = Pay(uid);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task So_is_one_that_was_left_out_for_its_date_before_its_invoice_was_linked()
    {
        var payment = await PaidInvoiceAsync(129, LongAgo);
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await PaymentAsync(payment)).State);
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    private static DateTimeOffset Since { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static JsonArray Location(string id) => new(Field("Location", id));

    private async Task<string> NeedingALocationAsync()
    {
        await BooksAsync(s => s with { StartDate = null, InvoiceLocationField = "Location" });
        var uid = await AskedForAsync(i => i["custom_fields"] = Location("999"));
        await AssertNeedsAsync(uid, "location-unknown");
        return uid;
    }

    /// <summary>An invoice from before the start, which a backfill carries over.</summary>
    private async Task<string> AskedForAsync(Action<JsonObject> change)
    {
        Zuper.WebhooksEnabled = false;
        var uid = MakeInvoice(i =>
        {
            i["invoice_date"] = Before;
            change(i);
        });
        Zuper.WebhooksEnabled = true;
        await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Invoices, Since, requested: true, Forever);
        await RestAsync();
        return uid;
    }

    /// <returns>The RECORDNO of a payment of 50 from before the start.</returns>
    private int Pay(string uid) =>
        Intacct.Screens.Pay(SageId(Organization)!, [(Booked(uid)["RECORDID"], 50)], date: LongAgo);
}
