using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Attacks_on_payments_of_invoices : PaidFirstTest
{
    /// <summary>
    /// flows.md: "So nothing stays in Zuper ... after the store was lost and a rebuild or a run of the invoices with
    /// full." An invoice that is closed, a bad debt, archived or a draft by then is not looked at.
    /// </summary>
    [Theory]
    [InlineData(true, "CLOSED")]
    [InlineData(false, "CLOSED")]
    [InlineData(false, "BAD_DEBT")]
    public async Task After_the_store_was_lost_a_reversed_payment_does_not_stay_on_an_invoice_that_was_put_aside(
        bool rebuild,
        string status
    )
    {
        var (uid, payment) = await PaidAsync();
        await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Intacct.Screens.ReversePayment(payment);
        Zuper.Screens.SetStatus(uid, status);
        await ConnectAsync(
            s => WithAccounts(s) with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid },
            webhooks: false
        );
        if (rebuild)
            await RebuildAsync();
        else
            await RunAsync(ZuperFlows.Organizations, ZuperFlows.Invoices);
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
    }

    /// <summary>The same of an invoice that a person took back to a draft: "once made: needs a person".</summary>
    [Fact]
    public async Task After_an_older_copy_was_restored_a_booked_invoice_that_is_a_draft_by_now_is_asked_about()
    {
        await OpenAsync();
        var uid = MakeInvoice();
        await SweepZuperAsync();
        var booked = await InvoiceEntryAsync(uid);
        await Process
            .Get<KeyMapStore>()
            .SaveAsync(
                [
                    new KeyMapEntry
                    {
                        Key = booked.Key,
                        Stored = booked.Stored,
                        Intents = booked.Intents,
                    },
                ],
                Forever
            );
        Zuper.Screens.SetStatus(uid, "DRAFT");
        await SweepZuperAsync();
        Assert.Equal("Posted", Intacct.Company.Records("ARINVOICE")[0]["STATE"]);
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(uid)).State);
    }

    /// <summary>
    /// The row is older than the invoice that took the place of the one that it names. Zuper shows the newer one.
    /// </summary>
    [Fact]
    public async Task After_an_older_copy_was_restored_a_cancelled_invoice_that_was_made_anew_does_not_stay_in_silence()
    {
        await OpenAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var uid = MakeInvoice(Line("A", 1, 10), Line("B", 1, 20));
        await SweepZuperAsync();
        var older = await InvoiceEntryAsync(uid);
        EditLines(uid, l => l.RemoveAt(1));
        await SweepZuperAsync();
        var newer = await InvoiceEntryAsync(uid);
        Assert.NotEqual(older.TargetId, newer.TargetId);
        await Process.Get<KeyMapStore>().SaveAsync([older with { Stored = newer.Stored }], Forever);
        Assert.Equal(newer.TargetId, InvoiceId(uid));
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await SweepZuperAsync();
        var entry = await InvoiceEntryAsync(uid);
        Assert.True(
            Intacct.Company.Record("ARINVOICE", newer.TargetId!)!["STATE"] == "Reversed"
                || entry.State == RecordState.NeedsAction,
            $"{newer.TargetId} is posted, and the row says {entry.State}: {entry.Timeline[^1]}"
        );
    }

    /// <summary>The row is older than a link by hand. Zuper shows the invoice that it was linked to at last.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_an_older_copy_was_restored_the_invoice_of_a_former_link_is_not_touched(bool cancelled)
    {
        await OpenAsync();
        var customer = SageId(Organization)!;
        var (strangers, own) = (
            Intacct.Screens.PostInvoice(customer, "X-1", 129),
            Intacct.Screens.PostInvoice(customer, "X-2", 129)
        );
        var uid = MakeInvoice();
        await LinkAsync(uid, "X-1");
        await RestAsync();
        var older = await InvoiceEntryAsync(uid);
        await LinkAsync(uid, "X-2");
        await RestAsync();
        var newer = await InvoiceEntryAsync(uid);
        Assert.Equal(own.ToString(CultureInfo.InvariantCulture), InvoiceId(uid));
        await Process.Get<KeyMapStore>().SaveAsync([older with { Stored = newer.Stored }], Forever);
        if (cancelled)
            Zuper.Screens.SetStatus(uid, "CANCELED");
        else
            Zuper.Screens.Edit(uid, i => i["description"] = "Second visit");
        await SweepZuperAsync();
        var left = Intacct.Company.Record("ARINVOICE", strangers.ToString(CultureInfo.InvariantCulture))!;
        Assert.Equal(("Posted", ""), (left["STATE"], left["DESCRIPTION"]));
    }

    private async Task RunAsync(params FlowName[] flows)
    {
        foreach (var flow in flows)
        {
            var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
            await Process.Get<Backfill>().StartAsync(connection, flow, null, requested: true, Forever);
            await RestAsync();
        }
    }

    private async Task RebuildAsync()
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(connection, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        await RestAsync();
    }
}

public sealed class Attacks_on_invoices : InvoiceRoadTest
{
    /// <summary>After a merge nothing is said any more of a number that changes in Zuper.</summary>
    [Fact]
    public async Task The_number_of_an_invoice_whose_customer_was_merged_is_not_changed_in_silence()
    {
        await BooksAsync();
        var (from, into) = (MakeCustomer("Ines"), MakeCustomer("Ada"));
        await SweepLaterAsync();
        var uid = MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = from;
        });
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);
        Zuper.Screens.Edit(from, c => c["merged_into"] = into);
        Zuper.Screens.Edit(uid, i => i["customer"] = into);
        await SweepLaterAsync();
        await AssertSyncedAsync(uid);

        Zuper.Screens.Edit(uid, i => i["prefix"] = "R-");
        await SweepLaterAsync();
        Assert.Equal("INV-2001", Booked(uid)["RECORDID"]);
        await AssertNeedsAsync(uid, "invoice-number-changed");
    }

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.1m },
                },
            ],
        };

    /// <summary>129 EUR are not 129 USD.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invoice_in_another_currency_is_not_adopted(bool bySageId)
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var recordNo = Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129, currency: "EUR");
        Assert.Equal("EUR", Invoices.Single()["CURRENCY"]);
        var uid = MakeInvoice(i =>
        {
            if (bySageId)
                i["custom_fields"] = new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Sage Invoice ID",
                        ["value"] = recordNo.ToString(CultureInfo.InvariantCulture),
                        ["type"] = "SINGLE_LINE",
                    }
                );
        });
        await SweepLaterAsync();
        Assert.Null((await InvoiceEntryAsync(uid)).TargetId);
    }

    private string MakeCustomer(string name) =>
        Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject { ["customer_first_name"] = name, ["customer_last_name"] = "Roy" }
        );

    private async Task SweepLaterAsync()
    {
        Zuper.WebhooksEnabled = false;
        Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync();
    }
}

public sealed class Attacks_on_organizations : CustomerRoadTest
{
    /// <summary>Names are compared without their Unicode form; Zuper is asked with it.</summary>
    [Fact]
    public async Task A_namesake_that_is_written_in_another_Unicode_form_is_met()
    {
        AddCustomer("C-1", "Müller");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        Zuper.WebhooksEnabled = false;
        var namesake = MakeOrganization("Mu\u0308ller");
        Zuper.WebhooksEnabled = true;
        var uid = MakeOrganization("Müller");
        await RestAsync();
        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(namesake, problem!.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A chunk takes a part of a page, and the next one reads the page again. One that is deleted meanwhile moves the
    /// others up; the total tells that only where none was made.
    /// </summary>
    [Fact]
    public async Task A_backfill_misses_none_where_one_is_deleted_and_another_made_meanwhile()
    {
        await ConnectAsync();
        Zuper.WebhooksEnabled = false;
        var uids = Enumerable.Range(1, 60).Select(i => MakeOrganization($"Company {i}")).ToList();
        Clock.Advance(TimeSpan.FromMinutes(10));
        var read = 0;
        Wire.Refuse = request =>
        {
            if (
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.EndsWith("/organization", StringComparison.Ordinal)
                && request.RequestUri.Query.Contains("page=1&count=99", StringComparison.Ordinal)
                && !request.RequestUri.Query.Contains("is_deleted=true", StringComparison.Ordinal)
                && ++read == 2
            )
            {
                Zuper.Screens.Delete(uids[0]);
                MakeOrganization("Made meanwhile");
            }

            return null;
        };
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await Process.Get<Backfill>().StartAsync(connection, ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();
        Assert.True(read >= 2);
        Assert.Empty(uids.Skip(1).Where(u => SageId(u) is null).Select(u => uids.IndexOf(u)));
    }
}
