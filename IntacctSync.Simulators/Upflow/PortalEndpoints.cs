namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// What people do in Upflow, for a simulator that runs by itself: under <c>/_sim</c>, POST <c>portal-payments</c>,
/// <c>portal-payments/{id}/refund</c>, <c>portal-payments/{id}/fail</c>, <c>portal-payments/{id}/unlink</c>,
/// <c>portal-payments/{id}/link</c>, and GET <c>pdf/{id}</c>. What is refused is answered 409 with the reason.
/// </summary>
internal static class PortalEndpoints
{
    public static void MapPortal(this IEndpointRouteBuilder endpoints, UpflowSimulator simulator)
    {
        var group = endpoints.MapGroup("/_sim");
        group.MapPost("/portal-payments", (PortalPaymentForm form) => Answer(() => Pay(simulator.Screens, form)));
        group.MapPost(
            "/portal-payments/{id}/refund",
            (string id, long? amount) => Answer(() => new { id = simulator.Screens.Refund(id, amount) })
        );
        group.MapPost(
            "/portal-payments/{id}/fail",
            (string id) =>
                Answer(() =>
                {
                    simulator.Screens.Fail(id);
                    return new { id };
                })
        );
        group.MapPost(
            "/portal-payments/{id}/unlink",
            (string id, string? invoice) =>
                Answer(() =>
                {
                    simulator.Screens.Unlink(id, invoice);
                    return new { id };
                })
        );
        group.MapPost(
            "/portal-payments/{id}/link",
            (string id, string invoice, long amount) =>
                Answer(() =>
                {
                    simulator.Screens.Link(id, invoice, amount);
                    return new { id };
                })
        );
        group.MapGet(
            "/pdf/{id}",
            (string id) =>
                simulator.Screens.Pdf(id) is { } pdf ? Results.File(pdf, "application/pdf") : Results.NotFound()
        );
    }

    private static object Pay(UpflowScreens screens, PortalPaymentForm form)
    {
        List<(string, long?)> invoices =
        [
            .. (form.Invoices ?? []).Select(i => (i.Invoice, i.Amount)),
            .. form.Invoice is { } one ? [(one, form.Amount)] : Array.Empty<(string, long?)>(),
        ];
        var instrument = form.Instrument ?? "CARD";
        return new
        {
            id = invoices.Count > 0
                ? screens.PayInPortal(invoices, form.Rest, instrument, form.Reference, form.Date)
                : screens.TakePayment(
                    form.Customer
                        ?? throw new InvalidOperationException("Name an 'invoice', 'invoices' or a 'customer'."),
                    form.Amount
                        ?? throw new InvalidOperationException("A payment without an invoice needs an 'amount'."),
                    form.Currency ?? "USD",
                    instrument,
                    form.Reference,
                    form.Date
                ),
        };
    }

    private static IResult Answer(Func<object> act)
    {
        try
        {
            return Results.Json(act());
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return Results.Json(new { error = e.Message }, statusCode: StatusCodes.Status409Conflict);
        }
    }
}

/// <summary>
/// A payment to take in the portal: <c>{"invoice": "INV-2041"}</c> pays what is open of it. Invoices are named by
/// number, externalId or id, amounts are in the smallest unit.
/// </summary>
internal sealed record PortalPaymentForm(
    string? Invoice = null,
    IReadOnlyList<PortalPaymentRow>? Invoices = null,
    long? Amount = null,
    string? Customer = null,
    string? Currency = null,
    string? Instrument = null,
    string? Reference = null,
    DateOnly? Date = null,
    long Rest = 0
);

internal sealed record PortalPaymentRow(string Invoice, long? Amount = null);
