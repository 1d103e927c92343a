using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An older copy of the store was restored: what was booked after the copy stands in Intacct, and no row says so.
/// </summary>
public class A_cancelled_invoice_that_no_row_knows : InvoiceRoadTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_stands_in_Intacct_needs_a_person_and_is_settled_once_it_is_reversed(bool deleted)
    {
        await BooksAsync();
        var uid = await ForgottenAsync();
        End(uid, deleted);
        await RestAsync();

        await AssertNeedsAsync(uid, "cancelled-and-booked");
        Assert.Contains(InvoiceId(uid)!, (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("Posted", Booked(uid)["STATE"]);
        Intacct.Screens.ReverseInvoice("INV-2001");
        await RetryAsync(uid);
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
    }

    [Fact]
    public async Task A_document_of_Order_Entry_that_stands_in_Intacct_needs_a_person_and_is_settled_once_it_is_gone()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Document = InvoiceDocument.OrderEntry }));
        Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = "Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_category"] = ZuperCategories.Services,
                ["product_type"] = "SERVICE",
            }
        );
        var uid = await ForgottenAsync(Line("Tune-up", 1, 129, l => l["product_id"] = "SVC-HVAC"));
        End(uid, deleted: false);
        await RestAsync();

        await AssertNeedsAsync(uid, "cancelled-and-booked");
        var document = Assert.Single(Documents);
        Assert.Contains(document["DOCID"], (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Tamper("SODOCUMENT", document["RECORDNO"]);
        Tamper("ARINVOICE", Assert.Single(Invoices)["RECORDNO"]);
        await RetryAsync(uid);
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
    }

    [Fact]
    public async Task It_is_asked_about_where_no_row_tells_its_customer_either()
    {
        await BooksAsync();
        var uid = await ForgottenAsync();
        var customer = await EntryAsync(Organization);
        await Process.Get<KeyMapStore>().SaveAsync([customer with { TargetId = null, Hash = null }], Forever);
        End(uid, deleted: false);
        await RestAsync();
        await AssertNeedsAsync(uid, "cancelled-and-booked");
    }

    [Theory]
    [InlineData("of another customer")]
    [InlineData("of another amount")]
    [InlineData("linked to another record")]
    [InlineData("reversed")]
    [InlineData("shown by another invoice in use")]
    public async Task One_whose_id_leads_to_what_is_not_its_own_is_left_out(string what)
    {
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();
        var uid = await ForgottenAsync();
        var id = InvoiceId(uid)!;
        switch (what)
        {
            case "of another customer":
                Zuper.WebhooksEnabled = false;
                Zuper.Screens.Edit(uid, i => i["organization"] = other);
                Zuper.WebhooksEnabled = true;
                break;
            case "of another amount":
                Zuper.WebhooksEnabled = false;
                EditLines(uid, lines => lines[0]!["unit_price"] = 130);
                Zuper.WebhooksEnabled = true;
                break;
            case "linked to another record":
                await Process
                    .Get<KeyMapStore>()
                    .SaveAsync(
                        [
                            new KeyMapEntry
                            {
                                Key = (await InvoiceEntryAsync(uid)).Key with { SourceId = "another" },
                                TargetId = id,
                            },
                        ],
                        Forever
                    );
                break;
            case "reversed":
                Intacct.Screens.ReverseInvoice("INV-2001");
                break;
            default:
                Zuper.WebhooksEnabled = false;
                Zuper.Screens.SetStatus(Zuper.Screens.Copy(uid), "AWAIT_PAYMENT");
                Zuper.WebhooksEnabled = true;
                break;
        }

        End(uid, deleted: false);
        await RestAsync();
        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal((RecordState.Skipped, null), (entry.State, entry.Problem));
    }

    [Fact]
    public async Task It_is_asked_about_where_a_draft_was_copied_from_it()
    {
        await BooksAsync();
        var uid = await ForgottenAsync();
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.Copy(uid);
        Zuper.WebhooksEnabled = true;
        End(uid, deleted: false);
        await RestAsync();
        await AssertNeedsAsync(uid, "cancelled-and-booked");
    }

    [Fact]
    public async Task One_that_has_the_number_of_a_former_year_is_left_out()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        Intacct.Screens.PostInvoice(SageId(Organization)!, "1001", 129, date: new DateOnly(2025, 3, 2));
        var uid = MakeInvoice(i =>
        {
            i["invoice_date"] = Today;
            i["custom_fields"] = new JsonArray(Field("Sage Invoice ID", "1001"));
        });
        Zuper.WebhooksEnabled = true;
        End(uid, deleted: false);
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
    }

    [Fact]
    public async Task What_an_organization_shows_that_is_out_of_use_is_told_in_its_story()
    {
        await ConnectAsync();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        await Process
            .Get<KeyMapStore>()
            .SaveAsync([(await EntryAsync(uid)) with { TargetId = null, Hash = null }], Forever);
        Zuper.Screens.Deactivate(uid);
        await RestAsync();
        Assert.Contains(
            $"customer {SageId(uid)}, whose id it shows, stays",
            (await EntryAsync(uid)).Timeline[^1].Detail,
            StringComparison.Ordinal
        );
    }

    /// <summary>An invoice that was booked, and whose row is as it was before that.</summary>
    private async Task<string> ForgottenAsync(params JsonObject[] lines)
    {
        var uid = MakeInvoice(lines);
        await RestAsync();
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
        return uid;
    }

    private void End(string uid, bool deleted)
    {
        if (deleted)
            Zuper.Screens.Delete(uid);
        else
            Zuper.Screens.SetStatus(uid, "CANCELED");
    }
}
