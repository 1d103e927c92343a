namespace IntacctSync.Core.Upflow.Client;

/// <summary>A kind of record of Upflow: where it is, and what its lists are called.</summary>
/// <param name="Path">Such as <c>credit_notes</c>.</param>
/// <param name="ListName">
/// What an answer calls the list. Those that were seen are <c>customers</c>, <c>invoices</c> and <c>items</c>; either
/// name is taken.
/// </param>
public sealed record UpflowKind(string Path, string ListName)
{
    public static UpflowKind Customer { get; } = new("customers", "customers");

    public static UpflowKind Invoice { get; } = new("invoices", "invoices");

    public static UpflowKind CreditNote { get; } = new("credit_notes", "creditNotes");

    public static UpflowKind Payment { get; } = new("payments", "payments");

    public static UpflowKind Refund { get; } = new("refunds", "refunds");

    public static UpflowKind CustomField { get; } = new("custom_fields", "customFields");

    public static UpflowKind BankAccount { get; } = new("bank_accounts", "bankAccounts");
}
