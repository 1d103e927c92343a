using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperPaymentTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;
    private string _uid = "";

    public async Task InitializeAsync()
    {
        _zuper = await ServedZuper.StartAsync();
        var organization = await _zuper.OrganizationAsync("Harbor Dental Group");
        _uid = await _zuper.InvoiceAsync(
            $$""","organization":"{{organization}}","line_items":[{"name":"Filter","quantity":2,"unit_price":120}]"""
        );
        await _zuper.StatusAsync(_uid, """ "invoice_status":"AWAIT_PAYMENT" """);
    }

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_payment_of_a_part_leaves_the_balance_and_the_rest_pays_it_off()
    {
        Assert.Equal(200, (await PayAsync("100")).Status);
        Assert.Equal(("PARTIALLY_PAID", 140m, false), await StandAsync());
        Assert.Equal(200, (await PayAsync("140")).Status);
        Assert.Equal(("PAID", 0m, true), await StandAsync());
        Assert.NotNull((await _zuper.InvoiceOfAsync(_uid))["paid_date"]);
    }

    [Fact]
    public async Task A_payment_stands_in_the_invoice_with_its_mode_reference_and_transaction()
    {
        await PayAsync("100");
        var entry = Assert.Single((JsonArray)(await _zuper.InvoiceOfAsync(_uid))["payment_history"]!)!;
        Assert.Equal(
            ("SAGE-1", "Cheque", "2026-02-20T00:00:00.000Z"),
            (
                Text(entry["reference_no"]),
                Text(entry["payment_mode"]!["payment_mode_name"]),
                Text(entry["payment_date"])
            )
        );
        var transaction = Text(entry["payment_transaction"]!["payment_transaction_uid"]);
        var row = Assert.Single(
            (await _zuper.GetAsync($"/api/payments/transactions?action_uid={_uid}&action_module=INVOICE")).Rows
        )!;
        Assert.Equal(
            (transaction, 100m, "SUCCESS", "EXTERNAL"),
            (
                Text(row["payment_transaction_uid"]),
                row["amount"]!.GetValue<decimal>(),
                Text(row["status"]),
                Text(row["source"])
            )
        );
        Assert.Equal("Harbor Dental Group", Text(row["organization"]!["organization_name"]));
        Assert.Equal(
            transaction,
            Text(
                (await _zuper.GetAsync($"/api/payments/{transaction}/transactions")).Json["data"]![
                    "payment_transaction_uid"
                ]
            )
        );
        Assert.Empty((await _zuper.GetAsync("/api/payments/transactions?action_uid=other")).Rows);
        Assert.Single(
            (
                await _zuper.PostAsync(
                    "/api/payments/transactions/filter",
                    $$"""{"filter_rules":[{"key":"action_uid","operator":"EQUAL_TO","value":"{{_uid}}"}]}"""
                )
            ).Rows
        );
    }

    [Theory]
    [InlineData("240.01", "Cheque", "Invalid Amount")]
    [InlineData("0", "Cheque", "Invalid Amount")]
    [InlineData("-5", "Cheque", "Invalid Amount")]
    [InlineData("100", "Barter", "Invalid Payment Mode")]
    public async Task Too_much_nothing_and_an_unknown_mode_are_refused(string amount, string mode, string title)
    {
        var answer = await PayAsync(amount, mode == "Barter" ? "nowhere" : ZuperPaymentModes.Cheque.Uid);
        Assert.Equal((400, title), (answer.Status, Text(answer.Json["title"])));
        Assert.Equal(("AWAIT_PAYMENT", 240m, false), await StandAsync());
        Assert.Empty(_zuper.Screens.Records(ZuperModules.Transaction));
    }

    [Fact]
    public async Task The_same_reference_twice_is_two_payments()
    {
        await PayAsync("100");
        await PayAsync("100");
        Assert.Equal(("PARTIALLY_PAID", 40m, false), await StandAsync());
    }

    [Fact]
    public async Task A_void_gives_the_balance_back_and_is_done_once()
    {
        await PayAsync("100");
        await PayAsync("140");
        var paid = ((JsonArray)(await _zuper.InvoiceOfAsync(_uid))["payment_history"]!)
            .Select(p => Text(p!["payment_transaction"]!["payment_transaction_uid"]))
            .ToList();
        Assert.Equal("Payment voided successfully", (await VoidAsync(paid[1])).Message);
        Assert.Equal(("PARTIALLY_PAID", 140m, false), await StandAsync());
        await VoidAsync(paid[0]);
        Assert.Equal(("AWAIT_PAYMENT", 240m, false), await StandAsync());
        Assert.Equal(400, (await VoidAsync(paid[0])).Status);
        Assert.Equal(404, (await VoidAsync("nowhere")).Status);
        var invoice = await _zuper.InvoiceOfAsync(_uid);
        Assert.All((JsonArray)invoice["payment_history"]!, p => Assert.True(p!["is_void"]!.GetValue<bool>()));
        Assert.Null(invoice["paid_date"]);
    }

    [Fact]
    public async Task A_paid_invoice_that_grows_is_partly_paid()
    {
        await PayAsync("240");
        await _zuper.SendAsync(
            "PUT",
            $"/api/invoice/{_uid}",
            """{"invoice":{"line_items":[{"name":"Filter","quantity":3,"unit_price":120}]}}"""
        );
        Assert.Equal(("PARTIALLY_PAID", 120m, false), await StandAsync());
    }

    [Theory]
    [InlineData("CANCELED")]
    [InlineData("ARCHIVED")]
    public async Task A_cancelled_or_archived_invoice_takes_no_payment(string status)
    {
        _zuper.Screens.SetStatus(_uid, status);
        Assert.Equal(400, (await PayAsync("100")).Status);
    }

    [Fact]
    public async Task A_payment_is_told_as_a_payment_and_a_status_and_a_void_as_a_status_and_an_update()
    {
        await using var hooks = await HookReceiver.StartAsync();
        _zuper.Screens.Subscribe(hooks.Address, "s", "invoice.payment", "invoice.status_update", "invoice.update");
        var transaction = _zuper.Screens.Pay(_uid, 50m, ZuperPaymentModes.Cash, "by hand");
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(
            ["invoice.payment", "invoice.status_update"],
            hooks.Received.Select(h => h.Text("event")).Order(StringComparer.Ordinal)
        );
        Assert.All(
            hooks.Received,
            h => Assert.Equal((_uid, "PARTIALLY_PAID"), (h.Text("invoice_uid"), h.Text("invoice_status")))
        );
        _zuper.Screens.Void(transaction);
        await _zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(
            ["invoice.status_update", "invoice.update"],
            hooks.Received.Skip(2).Select(h => h.Text("event")).Order(StringComparer.Ordinal)
        );
    }

    private Task<ServedAnswer> PayAsync(string amount, string? mode = null) =>
        _zuper.StatusAsync(
            _uid,
            $""" "invoice_status":"PAID","payment_mode_uid":"{mode ?? ZuperPaymentModes.Cheque.Uid}","amount_paid":{amount},"payment_date":"2026-02-20","reference_no":"SAGE-1","source":"EXTERNAL" """
        );

    private Task<ServedAnswer> VoidAsync(string? transaction) =>
        _zuper.SendAsync("PUT", $"/api/payments/transactions/{transaction}/void_payment", "{}");

    private async Task<(string? Status, decimal Due, bool Paid)> StandAsync()
    {
        var invoice = await _zuper.InvoiceOfAsync(_uid);
        return (
            Text(invoice["invoice_status"]),
            invoice["amount_due"]!.GetValue<decimal>(),
            invoice["is_paid"]!.GetValue<bool>()
        );
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
