using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow;

/// <summary>The flows between Intacct and Upflow.</summary>
public static class UpflowFlows
{
    public static readonly FlowName Customers = FlowName.Parse("upflow-customers");
    public static readonly FlowName Invoices = FlowName.Parse("upflow-invoices");
    public static readonly FlowName CreditNotes = FlowName.Parse("upflow-credit-notes");
    public static readonly FlowName Payments = FlowName.Parse("upflow-payments");
    public static readonly FlowName Receipts = FlowName.Parse("upflow-receipts");

    /// <summary>All of them, parents before what refers to them.</summary>
    /// <remarks>
    /// A customer waits for its top ancestor, which is of the same flow. A receipt is a payment that was taken in
    /// Upflow; it is posted when the invoices that it pays are ours. A payment of Intacct that may be a receipt waits
    /// until that is known.
    /// </remarks>
    public static IReadOnlyList<AppFlow> All { get; } =
    [
        new(Customers, FlowSource.Intacct, UpflowOptions.TimerKey, Customers)
        {
            // An inactive customer is left out until something that it owes is carried over.
            IsLookedAtAgain = static _ => true,
        },
        new(Invoices, FlowSource.Intacct, UpflowOptions.TimerKey, Customers) { ReadBehind = Payments },
        new(CreditNotes, FlowSource.Intacct, UpflowOptions.TimerKey, Customers, Invoices) { ReadBehind = Payments },
        new(Payments, FlowSource.Intacct, UpflowOptions.TimerKey, Customers, Invoices, CreditNotes, Payments, Receipts),
        new(Receipts, FlowSource.App, UpflowOptions.TimerKey, Invoices) { ComesByItself = true },
    ];

    /// <summary>By what a person knows a document or payment again.</summary>
    /// <param name="amount">In its own currency.</param>
    /// <param name="currency">As it says; null for the company's own.</param>
    /// <param name="date">Its own date.</param>
    /// <param name="customerId">CUSTOMERID, which also names the customer's record; null or empty for none.</param>
    internal static RecordFacts FactsOf(decimal? amount, string? currency, DateOnly? date, string? customerId)
    {
        var customer = customerId?.Trim() is { Length: > 0 } given ? given : null;
        return new RecordFacts(
            amount,
            currency?.Trim() is { Length: > 0 } code ? code.ToUpperInvariant() : null,
            date,
            customer,
            customer is null ? null : $"{Customers}/{customer}"
        );
    }
}
