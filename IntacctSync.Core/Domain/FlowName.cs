using System.Diagnostics.CodeAnalysis;

namespace IntacctSync.Core.Domain;

/// <summary>One of the nine flows, by its public name.</summary>
public readonly record struct FlowName
{
    public static readonly FlowName Organizations = new("organizations");
    public static readonly FlowName Customers = new("customers");
    public static readonly FlowName Invoices = new("invoices");
    public static readonly FlowName Products = new("products");
    public static readonly FlowName Payments = new("payments");
    public static readonly FlowName UpflowCustomers = new("upflow-customers");
    public static readonly FlowName UpflowInvoices = new("upflow-invoices");
    public static readonly FlowName UpflowCreditNotes = new("upflow-credit-notes");
    public static readonly FlowName UpflowPayments = new("upflow-payments");

    private readonly string? _value;

    private FlowName(string value) => _value = value;

    /// <summary>Every flow, parents before the records that refer to them.</summary>
    public static IReadOnlyList<FlowName> All { get; } =
    [
        Organizations,
        Customers,
        Invoices,
        Products,
        Payments,
        UpflowCustomers,
        UpflowInvoices,
        UpflowCreditNotes,
        UpflowPayments,
    ];

    public string Value => _value ?? throw new InvalidOperationException("A FlowName must be one of FlowName.All.");

    public static bool TryParse([NotNullWhen(true)] string? text, out FlowName flow)
    {
        foreach (var candidate in All)
        {
            if (candidate.Value == text)
            {
                flow = candidate;
                return true;
            }
        }

        flow = default;
        return false;
    }

    /// <exception cref="FormatException">The text names no flow; the message lists them.</exception>
    public static FlowName Parse(string text) =>
        TryParse(text, out var flow)
            ? flow
            : throw new FormatException($"'{text}' is not a flow: use one of {string.Join(", ", All)}.");

    public override string ToString() => Value;
}
