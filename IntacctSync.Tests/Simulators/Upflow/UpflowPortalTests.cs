using System.Net.Http.Headers;
using System.Text;
using static IntacctSync.Tests.Simulators.Upflow.ServedUpflow;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowPortalTests : UpflowTest
{
    [Theory]
    [InlineData("reference")]
    [InlineData("paymentReference")]
    [InlineData("externalReference")]
    public async Task A_portal_payment_is_linked_and_carries_the_processors_id(string field)
    {
        Switches.ReferenceField = field;
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.InvoiceAsync("I-2", 50);

        var id = Upflow.Screens.PayInPortal([("I-1", null), ("I-2", 20)], rest: 5, reference: "pi_1");

        var payment = Assert.Single((await Upflow.GetAsync("/v1/payments")).Json["items"]!.AsArray())!;
        Assert.Equal(id, payment["id"]!.GetValue<string>());
        Assert.Null(payment["externalId"]);
        Assert.Equal(
            ("PORTAL", "CARD", "pi_1", 125, 120),
            (
                payment["type"]!.GetValue<string>(),
                payment["instrument"]!.GetValue<string>(),
                payment[field]!.GetValue<string>(),
                payment["amount"]!.GetValue<long>(),
                payment["amountLinked"]!.GetValue<long>()
            )
        );
        Assert.Equal((0, 30), (Upflow.Screens.Outstanding("I-1"), Upflow.Screens.Outstanding("I-2")));
    }

    [Fact]
    public async Task A_payment_is_refunded_in_part_and_whole()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        var id = Upflow.Screens.PayInPortal([("I-1", null)]);

        Upflow.Screens.Refund(id, 30);
        Assert.Equal(30, Upflow.Screens.Outstanding("I-1"));
        Upflow.Screens.Refund(id, 70);

        Assert.Equal(100, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(0, Upflow.Screens.Unlinked("payments", id));
        Assert.Equal(100, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Throws<InvalidOperationException>(() => Upflow.Screens.Refund(id, 1));
        Assert.Equal(2, Upflow.Screens.Records("refunds").Count);
    }

    [Fact]
    public async Task A_payment_is_taken_off_an_invoice_and_put_on_another()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        await Upflow.InvoiceAsync("I-2", 100);
        var id = Upflow.Screens.PayInPortal([("I-1", null)]);

        Upflow.Screens.Unlink(id);
        Assert.Equal((100, 100), (Upflow.Screens.Outstanding("I-1"), Upflow.Screens.Unlinked("payments", id)));
        Upflow.Screens.Link(id, "I-2", 60);

        Assert.Equal((40, 40), (Upflow.Screens.Outstanding("I-2"), Upflow.Screens.Unlinked("payments", id)));
        Assert.Throws<InvalidOperationException>(() => Upflow.Screens.Link(id, "I-2", 41));
    }

    [Fact]
    public async Task More_than_is_open_cannot_be_paid_and_leaves_nothing()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        Assert.Throws<InvalidOperationException>(() => Upflow.Screens.PayInPortal([("I-1", 60), ("I-1", 60)]));
        Assert.Empty(Upflow.Screens.Records("payments"));
        Assert.Equal(100, Upflow.Screens.Outstanding("I-1"));
    }

    [Fact]
    public async Task The_portal_is_used_over_http_too()
    {
        await Upflow.InvoiceAsync("I-1", 100);

        var paid = await PostAsync("/_sim/portal-payments", """{"invoice":"I-1","amount":60}""");
        var id = paid.Json["id"]!.GetValue<string>();
        Assert.Equal(40, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(200, (await PostAsync($"/_sim/portal-payments/{id}/refund?amount=10", "{}")).Status);
        Assert.Equal(50, Upflow.Screens.Outstanding("I-1"));
        Assert.Equal(200, (await PostAsync($"/_sim/portal-payments/{id}/unlink", "{}")).Status);

        var whole = await PostAsync("/_sim/portal-payments", """{"invoices":[{"invoice":"I-1"}],"rest":7}""");
        Assert.Equal((200, 0), (whole.Status, Upflow.Screens.Outstanding("I-1")));
        var free = await PostAsync("/_sim/portal-payments", """{"customer":"C-1","amount":9}""");
        Assert.Equal(9, Upflow.Screens.Unlinked("payments", free.Json["id"]!.GetValue<string>()));
        Assert.Equal(409, (await PostAsync("/_sim/portal-payments", """{"invoice":"I-9"}""")).Status);
        Assert.Equal(409, (await PostAsync("/_sim/portal-payments", "{}")).Status);
    }

    [Fact]
    public async Task A_refund_by_the_api_names_the_portal_payment_by_its_id()
    {
        await Upflow.InvoiceAsync("I-1", 100);
        var id = Upflow.Screens.PayInPortal([("I-1", null)]);
        await Upflow.RefundAsync("R-1", 100);

        var linked = await Upflow.LinkAsync(
            "L-1",
            payments: $$"""{"id":"{{id}}","amountLinked":100}""",
            refunds: Side("R-1", 100)
        );

        Assert.Equal(201, linked.Status);
        Assert.Equal(100, Upflow.Screens.Outstanding("I-1"));
    }

    private Task<Zuper.ServedAnswer> PostAsync(string path, string body) =>
        Upflow.SendAsync(
            "POST",
            path,
            new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"))
        );
}
