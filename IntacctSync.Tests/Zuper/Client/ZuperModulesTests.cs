using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace IntacctSync.Tests.Zuper.Client;

/// <summary>What differs between the modules; what they share is tested on organizations.</summary>
public sealed class ZuperModulesTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();
    private static readonly RequestPriority Live = RequestPriority.Live;

    [Fact]
    public async Task Each_module_is_read_at_its_own_route()
    {
        using var stand = new ZuperStand(asked =>
            ZuperStand.Json(
                Some.ZuperSuccess(
                    asked.Path.Split('/')[2] switch
                    {
                        "customers" => Some.CustomerJson(),
                        "invoice" => Some.InvoiceJson(),
                        _ => Some.ProductJson(),
                    }
                )
            )
        );
        Assert.Equal(
            "Ines",
            (await stand.Client.GetCustomerAsync(Account, Some.Uid(1), Live, CancellationToken.None))!.FirstName
        );
        Assert.Equal(
            "INV-2041",
            (await stand.Client.GetInvoiceAsync(Account, Some.Uid(1), Live, CancellationToken.None))!.DisplayNumber
        );
        Assert.Equal(
            "SRV-1",
            (await stand.Client.GetProductAsync(Account, Some.Uid(1), Live, CancellationToken.None))!.ProductId
        );
        Assert.Equal(
            [$"/api/customers/{Some.Uid(1)}", $"/api/invoice/{Some.Uid(1)}", $"/api/product/{Some.Uid(1)}"],
            stand.Asked.Select(asked => asked.Path)
        );
    }

    [Fact]
    public async Task Lists_have_their_own_routes_and_the_same_window()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(new JsonArray())));
        var window = new ZuperWindow(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        await stand.Client.ListCustomersAsync(Account, window, 1, 10, deleted: false, Live, CancellationToken.None);
        await stand.Client.ListInvoicesAsync(Account, window, 1, 10, deleted: false, Live, CancellationToken.None);
        await stand.Client.ListProductsAsync(Account, window, 1, 10, deleted: true, Live, CancellationToken.None);
        Assert.Equal(["/api/customers", "/api/invoice", "/api/product"], stand.Asked.Select(asked => asked.Path));
        Assert.All(
            stand.Asked,
            asked =>
                Assert.Contains(
                    "filter.updated_at_from=2026-01-01T00%3A00%3A00.000Z&filter.updated_at_to=",
                    asked.Uri.Query,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Many_customers_are_asked_for_by_a_typed_rule_and_many_invoices_by_one_rule_each()
    {
        using var stand = new ZuperStand(asked =>
            ZuperStand.Json(
                Some.ZuperSuccess(
                    new JsonArray(
                        asked.Path.Contains("customers", StringComparison.Ordinal)
                            ? [Some.CustomerJson(Some.Uid(1)), Some.CustomerJson(Some.Uid(2))]
                            : [Some.InvoiceJson(Some.Uid(1)), Some.InvoiceJson(Some.Uid(2))]
                    )
                )
            )
        );
        Assert.Equal(
            2,
            (
                await stand.Client.GetCustomersAsync(Account, [Some.Uid(1), Some.Uid(2)], Live, CancellationToken.None)
            ).Count
        );
        Assert.Equal(2, (await Invoices(stand, 1, 2)).Count);
        Assert.Equal(["/api/customers/filter", "/api/invoice/filter"], stand.Asked.Select(asked => asked.Path));
        var typed = stand.Asked[0].Json["filter_rules"]![0]!;
        Assert.Equal(
            ("customer_uid", "IN", "LOOKUP"),
            (Text(typed, "key"), Text(typed, "operator"), Text(typed, "field_type"))
        );
        var rules = stand.Asked[1].Json["filter_rules"]!.AsArray();
        Assert.Equal(("OR", 2), (Text(stand.Asked[1].Json, "filter_rule_operator"), rules.Count));
        Assert.Equal(
            ("invoice_uid", "EQUAL_TO", Some.Uid(2)),
            (Text(rules[1]!, "key"), Text(rules[1]!, "operator"), Text(rules[1]!, "value"))
        );
    }

    [Fact]
    public async Task Invoices_whose_rows_have_no_lines_are_read_one_by_one_and_so_are_the_next()
    {
        using var stand = new ZuperStand(asked =>
        {
            if (asked.Method == "GET")
                return ZuperStand.Json(Some.ZuperSuccess(Some.InvoiceJson(asked.Path.Split('/')[^1])));
            var row = Some.InvoiceJson(Some.Uid(1));
            row.Remove("line_items");
            return ZuperStand.Json(Some.ZuperSuccess(new JsonArray(row)));
        });
        Assert.All((await Invoices(stand, 1, 2)).Values, invoice => Assert.True(invoice.IsWhole));
        Assert.Equal(2, (await Invoices(stand, 3, 4)).Count);
        Assert.Equal(["POST", "GET", "GET", "GET", "GET"], stand.Asked.Select(asked => asked.Method));
    }

    [Fact]
    public async Task What_one_module_refuses_is_not_held_against_another()
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST" && asked.Path.Contains("invoice", StringComparison.Ordinal)
                ? ZuperStand.Html("Cannot POST", HttpStatusCode.NotFound)
            : asked.Method == "POST"
                ? ZuperStand.Json(
                    Some.ZuperSuccess(new JsonArray(Some.CustomerJson(Some.Uid(1)), Some.CustomerJson(Some.Uid(2))))
                )
            : ZuperStand.Json(Some.ZuperSuccess(Some.InvoiceJson(asked.Path.Split('/')[^1])))
        );
        await Invoices(stand, 1, 2);
        Assert.Equal(
            2,
            (
                await stand.Client.GetCustomersAsync(Account, [Some.Uid(1), Some.Uid(2)], Live, CancellationToken.None)
            ).Count
        );
        Assert.Equal(1, stand.Asked.Count(asked => asked.Path.StartsWith("/api/customers", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_invoice_with_an_unreadable_amount_fails_by_itself_and_keeps_the_others()
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST"
                ? ZuperStand.Json(Some.ZuperSuccess(new JsonArray(Bad(), Some.InvoiceJson(Some.Uid(2)))))
                : ZuperStand.Json(Some.ZuperSuccess(Bad()))
        );
        var partial = await Assert.ThrowsAsync<ZuperPartialReadException<ZuperInvoice>>(() => Invoices(stand, 1, 2));
        Assert.Equal([Some.Uid(2)], partial.Found.Keys);
        Assert.Empty(partial.Missing);
        var cause = partial.CauseOf(Some.Uid(1));
        Assert.Equal((ZuperFailure.Rejected, false), (cause.Failure, cause.OutcomeUnknown));
        Assert.Contains("total is 'many'", cause.Message, StringComparison.Ordinal);

        static JsonObject Bad()
        {
            var json = Some.InvoiceJson(Some.Uid(1));
            json["total"] = "many";
            return json;
        }
    }

    [Fact]
    public async Task Products_are_found_by_their_part_number_and_no_other_passes_for_one()
    {
        using var stand = new ZuperStand(_ =>
            ZuperStand.Json(
                Some.ZuperSuccess(
                    new JsonArray(Some.ProductJson(Some.Uid(1), "SRV-10"), Some.ProductJson(Some.Uid(2), "srv-1 "))
                )
            )
        );
        var found = await stand.Client.FindProductsAsync(Account, "SRV-1", Live, CancellationToken.None);
        Assert.Equal(Some.Uid(2), Assert.Single(found).Uid);
        Assert.Equal("SRV-1", QueryHelpers.ParseQuery(stand.Asked[0].Uri.Query)["filter.product_id"]);
    }

    [Fact]
    public async Task Records_are_found_by_a_custom_field()
    {
        using var stand = new ZuperStand(asked =>
            ZuperStand.Json(
                Some.ZuperSuccess(
                    new JsonArray(
                        asked.Path.EndsWith("product", StringComparison.Ordinal) ? Some.ProductJson()
                        : asked.Path.EndsWith("invoice", StringComparison.Ordinal) ? Some.InvoiceJson()
                        : Some.CustomerJson()
                    )
                )
            )
        );
        Assert.Single(
            await stand.Client.FindProductsByFieldAsync(Account, "Sage Item ID", "srv-1", Live, CancellationToken.None)
        );
        Assert.Single(await stand.Client.FindInvoicesAsync(Account, "Location", "100", Live, CancellationToken.None));
        Assert.Single(
            await stand.Client.FindCustomersAsync(
                Account,
                "Sage Contact ID",
                "Ines (Z-1)",
                Live,
                CancellationToken.None
            )
        );
        Assert.Empty(await stand.Client.FindInvoicesAsync(Account, "Location", "101", Live, CancellationToken.None));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static Task<IReadOnlyDictionary<string, ZuperInvoice>> Invoices(ZuperStand stand, params int[] numbers) =>
        stand.Client.GetInvoicesAsync(Account, [.. numbers.Select(Some.Uid)], Live, CancellationToken.None);
}
