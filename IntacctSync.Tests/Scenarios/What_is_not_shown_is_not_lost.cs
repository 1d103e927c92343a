using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_is_not_shown_is_not_lost : InvoiceRoadTest
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invoices_that_a_person_asked_for_are_booked_though_Zuper_did_not_show_them_for_61_minutes(
        bool touched
    )
    {
        await BooksAsync();
        MakeInvoice();
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        string[] uids = [Old(), Old(), Old()];
        Zuper.WebhooksEnabled = true;
        foreach (var uid in uids)
            Hide(uid);
        await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Invoices, Since, requested: true, Forever);
        await RestAsync(TimeSpan.FromMinutes(61) + TimeSpan.FromMinutes(15));
        foreach (var uid in uids)
            await AssertNeedsAsync(uid, "zuper-records-missing");
        Assert.Single(Invoices);

        Zuper.Faults.Clear();
        if (touched)
            foreach (var uid in uids)
                Zuper.Screens.Edit(uid, i => i["remarks"] = "Called twice");
        else
            Assert.Equal(3, await RetryAllAsync("zuper-records-missing"));
        await RestAsync();
        foreach (var uid in uids)
            await AssertSyncedAsync(uid);
        Assert.Equal(4, Invoices.Count);
    }

    [Fact]
    public async Task Invoices_that_needed_a_person_and_were_retried_while_they_were_hidden_still_need_one()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Location" });
        string[] uids = [MakeInvoice(SomewhereElse), MakeInvoice(SomewhereElse)];
        await RestAsync();
        const string code = "location-unknown";
        foreach (var uid in uids)
            Hide(uid);
        Assert.Equal(2, await RetryAllAsync(code));
        await RestAsync();
        foreach (var uid in uids)
        {
            await AssertNeedsAsync(uid, "zuper-records-missing");
            Assert.True((await InvoiceEntryAsync(uid)).Requested);
        }
    }

    private static void SomewhereElse(JsonObject invoice) =>
        invoice["custom_fields"] = new JsonArray(Field("Location", "999"));

    private string Old() => MakeInvoice(i => i["invoice_date"] = "2026-02-10");

    private void Hide(string uid)
    {
        HideWhere("uid", uid);
        HideWhere("path", "/api/invoice/filter");
    }

    private void HideWhere(string field, string value) =>
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.Http404,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = value },
            }
        );

    private async Task<int> RetryAllAsync(string code) =>
        await Process.Get<PersonRequests>().RetryAllAsync(await ConnectionAsync(), ZuperFlows.Invoices, code, Forever);
}
