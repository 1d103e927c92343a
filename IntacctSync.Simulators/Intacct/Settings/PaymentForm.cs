namespace IntacctSync.Simulators.Intacct.Settings;

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
