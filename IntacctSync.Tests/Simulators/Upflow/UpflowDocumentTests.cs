using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowDocumentTests : UpflowTest
{
    private static readonly byte[] File = [.. "%PDF-1.4 one"u8];

    [Theory]
    [InlineData("customId")]
    [InlineData("issuedAt")]
    [InlineData("dueDate")]
    [InlineData("currency")]
    [InlineData("grossAmount")]
    [InlineData("netAmount")]
    [InlineData("customer")]
    public async Task An_invoice_needs_each_required_field(string field) =>
        await AssertRequiredAsync("/v1/invoices", ServedUpflow.InvoiceBody("I-1", 100), field);

    [Theory]
    [InlineData("customId")]
    [InlineData("currency")]
    [InlineData("grossAmount")]
    [InlineData("netAmount")]
    [InlineData("customer")]
    public async Task A_credit_note_needs_each_required_field(string field) =>
        await AssertRequiredAsync("/v1/credit_notes", ServedUpflow.InvoiceBody("N-1", 100), field);

    [Theory]
    [InlineData("/v1/payments", "currency")]
    [InlineData("/v1/payments", "amount")]
    [InlineData("/v1/payments", "validatedAt")]
    [InlineData("/v1/refunds", "currency")]
    [InlineData("/v1/refunds", "amount")]
    [InlineData("/v1/refunds", "validatedAt")]
    public async Task Money_needs_each_required_field(string path, string field) =>
        await AssertRequiredAsync(path, ServedUpflow.Money("P-1", 100), field);

    [Theory]
    [InlineData("grossAmount", "259.8", "must be an integer")]
    [InlineData("grossAmount", "\"25980\"", "must be a number")]
    [InlineData("grossAmount", "-1", "greater than or equal to 0")]
    [InlineData("netAmount", "0.5", "must be an integer")]
    [InlineData("currency", "\"usd\"", "ISO 4217")]
    [InlineData("currency", "\"XYZ\"", "ISO 4217")]
    [InlineData("issuedAt", "\"02/03/2026\"", "ISO 8601")]
    [InlineData("dueDate", "\"2026-02-30\"", "ISO 8601")]
    [InlineData("customer", "{\"externalId\":\"C-9\"}", "does not exist")]
    [InlineData("customer", "\"C-1\"", "must be of type object")]
    [InlineData("lines", "[]", "is not allowed")]
    public async Task A_wrong_value_is_refused(string field, string value, string why)
    {
        var body = (JsonObject)JsonNode.Parse(ServedUpflow.InvoiceBody("I-1", 100))!;
        body[field] = JsonNode.Parse(value);
        Assert.Contains(why, await Upflow.RefusedAsync("/v1/invoices", body.ToJsonString()), StringComparison.Ordinal);
        Assert.Empty(Upflow.Screens.Records("invoices"));
    }

    [Theory]
    [InlineData("instrument", "\"BITCOIN\"", "must be one of")]
    [InlineData("amount", "0", "greater than or equal to 1")]
    [InlineData("bankAccountId", "\"none\"", "does not exist")]
    public async Task A_wrong_value_of_a_payment_is_refused(string field, string value, string why)
    {
        var body = (JsonObject)JsonNode.Parse(ServedUpflow.Money("P-1", 100))!;
        body[field] = JsonNode.Parse(value);
        Assert.Contains(why, await Upflow.RefusedAsync("/v1/payments", body.ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_field_passes_where_it_is_ignored()
    {
        Switches.UnknownFieldsRefused = false;
        await Upflow.InvoiceAsync("I-1", 100, more: ""","lines":[]""");
        Assert.Single(Upflow.Screens.Records("invoices"));
    }

    [Fact]
    public async Task An_invoice_is_due_then_overdue_and_paid_once_nothing_is_open()
    {
        var invoice = await Upflow.InvoiceAsync("I-1", 100);
        Assert.Equal(("DUE", "DUE"), (Text(invoice, "state"), Text(invoice, "status")));
        Assert.Equal("2026-02-03T00:00:00", Text(invoice, "issuedAt"));
        Assert.Equal(Text(Upflow.Screens.Record("customers", "C-1")!, "id"), Text(invoice, "customerId"));
        Upflow.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal("OVERDUE", State());

        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", ServedUpflow.Side("I-1", 100), ServedUpflow.Side("P-1", 100));

        var paid = Upflow.Screens.Record("invoices", "I-1")!;
        Assert.Equal("PAID", State());
        Assert.Equal("2026-02-20T00:00:00", Text(paid, "paidDate"));
        Assert.Equal(0, paid["amountOutstanding"]!.GetValue<long>());
        Assert.Equal(100, paid["payments"]![0]!["amount"]!.GetValue<long>());
        string State() => Text(Upflow.Screens.Record("invoices", "I-1")!, "state")!;
    }

    [Fact]
    public async Task A_repeat_changes_the_same_invoice_but_not_below_what_is_linked()
    {
        var first = await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 60);
        await Upflow.LinkAsync("L-1", ServedUpflow.Side("I-1", 60), ServedUpflow.Side("P-1", 60));
        await Upflow.CustomerAsync("C-2");

        var second = await Upflow.InvoiceAsync("I-1", 60);

        Assert.Equal(Text(first, "id"), Text(second, "id"));
        Assert.Equal("PAID", Text(second, "state"));
        foreach (
            var (body, why) in new[]
            {
                (ServedUpflow.InvoiceBody("I-1", 59), "below what is linked"),
                (ServedUpflow.InvoiceBody("I-1", 60, "C-2"), "\"customer\""),
                (ServedUpflow.InvoiceBody("I-1", 60).Replace("USD", "EUR", StringComparison.Ordinal), "\"currency\""),
                (ServedUpflow.Money("P-1", 59), "below what is linked"),
            }
        )
            Assert.Contains(
                why,
                await Upflow.RefusedAsync(
                    body.Contains("validatedAt", StringComparison.Ordinal) ? "/v1/payments" : "/v1/invoices",
                    body
                ),
                StringComparison.Ordinal
            );
        Switches.AmountBelowLinksRefused = false;
        Assert.Equal(-1, (await Upflow.InvoiceAsync("I-1", 59))["amountOutstanding"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_pdf_comes_in_either_form_and_is_overwritten()
    {
        var invoice = await Upflow.InvoiceAsync("I/1", 100);
        Assert.Null(invoice["pdfUrl"]);
        var json = await Upflow.PostAsync(
            "/v1/invoices/external:I%2F1/pdf",
            $$"""{"data":"{{Convert.ToBase64String(File)}}"}"""
        );
        Assert.Equal((204, ""), (json.Status, json.Body));
        Assert.Equal(File, Upflow.Screens.Pdf("I/1"));

        using var form = new MultipartFormDataContent { { new ByteArrayContent([.. File, 1]), "file", "a.pdf" } };
        var sent = await Upflow.SendAsync("POST", $"/v1/invoices/{Text(invoice, "id")}/pdf", form);

        Assert.Equal(204, sent.Status);
        Assert.Equal([.. File, 1], Upflow.Screens.Pdf("I/1"));
        var shown = Text((await Upflow.GetAsync("/v1/invoices/external%3AI%2F1")).Json.AsObject(), "pdfUrl")!;
        Assert.StartsWith("%PDF", (await Upflow.GetAsync(new Uri(shown).AbsolutePath)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":"no base64!"}""", 400)]
    [InlineData("""{"data":"aGVsbG8="}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""{"data":"JVBERi0xLjQgdG9vIGxvbmc="}""", 413)]
    public async Task What_is_no_pdf_or_too_large_is_refused(string body, int status)
    {
        Switches.MaxPdfBytes = 10;
        await Upflow.CreditNoteAsync("N-1", 100);
        Assert.Equal(status, (await Upflow.PostAsync("/v1/credit_notes/external:N-1/pdf", body)).Status);
        Assert.Equal(404, (await Upflow.PostAsync("/v1/credit_notes/external:N-9/pdf", body)).Status);
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 204)]
    public async Task Deleting_what_is_linked_frees_the_other_side_or_is_refused(bool refused, int status)
    {
        Switches.LinkedDeleteRefused = refused;
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.PaymentAsync("P-1", 100);
        await Upflow.LinkAsync("L-1", ServedUpflow.Side("I-1", 100), ServedUpflow.Side("P-1", 100));

        Assert.Equal(status, (await Upflow.SendAsync("DELETE", "/v1/payments/external:P-1")).Status);

        Assert.Equal(refused ? 0 : 100, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(404, (await Upflow.SendAsync("DELETE", "/v1/payments/external:P-9")).Status);
        Assert.Equal(404, (await Upflow.GetAsync("/v1/invoices/external:I-9")).Status);
    }

    [Fact]
    public async Task A_payment_may_name_its_invoices_itself()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        var linked = await Upflow.PaymentAsync(
            "P-1",
            80,
            more: $""","linkedInvoices":[{ServedUpflow.Side("I-1", 70)}]"""
        );

        Assert.Equal(70, linked["amountLinked"]!.GetValue<long>());
        var row = linked["linkedInvoices"]![0]!;
        Assert.Equal("I-1", row["invoice"]!["externalId"]!.GetValue<string>());
        Assert.Equal(
            (70, 30),
            (row["linkedAmount"]!.GetValue<long>(), row["invoice"]!["amountOutstanding"]!.GetValue<long>())
        );
        await Upflow.RefusedAsync(
            "/v1/payments",
            ServedUpflow.Money("P-2", 80, more: $""","linkedInvoices":[{ServedUpflow.Side("I-1", 31)}]""")
        );
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    private async Task AssertRequiredAsync(string path, string complete, string field)
    {
        var body = (JsonObject)JsonNode.Parse(complete)!;
        body.Remove(field);
        Assert.Contains(
            $"\"{field}\" is required",
            await Upflow.RefusedAsync(path, body.ToJsonString()),
            StringComparison.Ordinal
        );
    }

    private static string? Text(JsonObject record, string field) => record[field]?.GetValue<string>();
}
