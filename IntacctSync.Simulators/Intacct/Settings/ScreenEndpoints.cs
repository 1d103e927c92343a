namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>
/// What a person does in Intacct's pages, for a simulator that runs by itself, in its first company: under
/// <c>/_sim</c>, POST <c>payments</c>, <c>payments/{no}/reverse</c>, <c>payments/{no}/submit</c>,
/// <c>payments/{no}/apply</c>, <c>advances</c>, <c>invoices</c>, <c>adjustments</c> (an amount below 0 is a credit),
/// <c>adjustments/{no}/apply</c>, <c>records/{object}</c>; PUT and DELETE <c>records/{object}/{key}</c>; POST
/// <c>invoices/{number}/reverse</c>; PUT <c>books</c>, <c>preferences</c>. What is refused is answered 409 with the
/// reason.
/// </summary>
internal static class ScreenEndpoints
{
    public static void MapScreens(this IEndpointRouteBuilder endpoints, IntacctSimulator simulator)
    {
        var screens = simulator.Screens;
        var company = simulator.Company;
        var group = endpoints.MapGroup("/_sim");
        group.MapPost(
            "/payments",
            (PaymentForm form) =>
                Number(() =>
                    screens.Pay(
                        form.CustomerId,
                        Rows(form),
                        form.Method ?? "EFT",
                        form.Date,
                        form.Total,
                        form.Draft,
                        form.Reference ?? ""
                    )
                )
        );
        group.MapPost(
            "/advances",
            (PaymentForm form) =>
                Number(() =>
                    screens.Advance(
                        form.CustomerId,
                        form.Total ?? 0,
                        form.Method ?? "EFT",
                        form.Date,
                        form.Reference ?? ""
                    )
                )
        );
        group.MapPost(
            "/payments/{number:int}/apply",
            (int number, PaymentForm form) => Number(() => screens.ApplyCredit(number, Rows(form), form.Date))
        );
        group.MapPost(
            "/payments/{number:int}/reverse",
            (int number, DateOnly? date) => Number(() => screens.ReversePayment(number, date))
        );
        group.MapPost("/payments/{number:int}/submit", (int number) => Done(() => screens.SubmitDraft(number)));
        group.MapPut(
            "/payments/{number:int}",
            (int number, PaymentForm form) => Done(() => screens.EditDraft(number, Rows(form)))
        );
        group.MapPost(
            "/invoices",
            (DocumentForm form) =>
                Number(() =>
                    screens.PostInvoice(
                        form.CustomerId,
                        form.Number,
                        form.Amount,
                        form.Date,
                        form.Due,
                        form.Currency ?? "",
                        form.Draft,
                        form.Description ?? ""
                    )
                )
        );
        group.MapPost(
            "/adjustments",
            (DocumentForm form) =>
                Number(() =>
                    screens.PostDebitMemo(
                        form.CustomerId,
                        form.Number,
                        form.Amount,
                        form.Date,
                        form.Currency ?? "",
                        form.Draft
                    )
                )
        );
        group.MapPost(
            "/adjustments/{number:int}/apply",
            (int number, PaymentForm form) => Number(() => screens.ApplyCreditMemo(number, Rows(form), form.Date))
        );
        group.MapPost(
            "/invoices/{number}/reverse",
            (string number, DateOnly? date) => Number(() => screens.ReverseInvoice(number, date))
        );
        group.MapPost(
            "/records/{kind}",
            (string kind, Dictionary<string, string> fields) => Number(() => company.Add(kind, fields))
        );
        group.MapPut(
            "/records/{kind}/{key}",
            (string kind, string key, Dictionary<string, string> fields) => Done(() => company.Edit(kind, key, fields))
        );
        group.MapDelete("/records/{kind}/{key}", (string kind, string key) => Done(() => company.Remove(kind, key)));
        group.MapPut("/books", (BooksForm form) => Done(() => screens.CloseBooksThrough(form.ClosedThrough)));
        group.MapPut(
            "/preferences",
            (PreferenceForm form) => Done(() => screens.SetPreference(form.Application, form.Preference, form.Value))
        );
    }

    private static IEnumerable<(string Number, decimal Amount)> Rows(PaymentForm form) =>
        (form.Invoices ?? []).Select(i => (i.Number, i.Amount));

    private static IResult Number(Func<int> act) => Answer(() => Results.Json(new { recordNo = act() }));

    private static IResult Done(Action act) =>
        Answer(() =>
        {
            act();
            return Results.NoContent();
        });

    private static IResult Answer(Func<IResult> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is Answers.RefusedException or ArgumentException)
        {
            return Results.Json(new { error = e.Message }, statusCode: StatusCodes.Status409Conflict);
        }
    }
}

/// <summary>The body of <c>PUT /_sim/books</c>: the last closed day, null = all open.</summary>
internal sealed record BooksForm(DateOnly? ClosedThrough);

/// <summary>The body of <c>PUT /_sim/preferences</c>.</summary>
internal sealed record PreferenceForm(string Application, string Preference, string Value);

/// <summary>An invoice or an adjustment as JSON.</summary>
internal sealed record DocumentForm(
    string CustomerId,
    string Number,
    decimal Amount,
    DateOnly? Date = null,
    DateOnly? Due = null,
    string? Currency = null,
    bool Draft = false,
    string? Description = null
);

/// <summary>
/// The body of <c>/_sim/payments</c> and its like: <c>{"customerId": "C-1", "invoices": [{"number": "INV-1", "amount":
/// 10}], "method": "EFT"}</c>.
/// </summary>
internal sealed record PaymentForm(
    string CustomerId = "",
    IReadOnlyList<PaymentFormRow>? Invoices = null,
    string? Method = null,
    DateOnly? Date = null,
    decimal? Total = null,
    bool Draft = false,
    string? Reference = null
);

/// <summary>An invoice by its number, and what of a payment goes to it.</summary>
internal sealed record PaymentFormRow(string Number, decimal Amount);
