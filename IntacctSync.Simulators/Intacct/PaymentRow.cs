namespace IntacctSync.Simulators.Intacct;

/// <summary>What a payment pays of one invoice or debit memo, and with what.</summary>
/// <param name="Number">Of the invoice or debit memo.</param>
/// <param name="Money">Money that came in.</param>
/// <param name="Discount">Taken off, as a discount or to write a rest off.</param>
/// <param name="Credit">What is applied of the credit that one of the next four names.</param>
/// <param name="Advance">RECORDNO of an advance.</param>
/// <param name="Overpayment">RECORDNO of a payment that left something over.</param>
/// <param name="CreditMemo">RECORDNO of an adjustment.</param>
/// <param name="NegativeInvoice">Number of an invoice below 0.</param>
public sealed record PaymentRow(
    string Number,
    decimal Money = 0,
    decimal Discount = 0,
    decimal Credit = 0,
    int? Advance = null,
    int? Overpayment = null,
    int? CreditMemo = null,
    string? NegativeInvoice = null
);
