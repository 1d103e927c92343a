using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper;

/// <summary>The flows between Zuper and Intacct.</summary>
public static class ZuperFlows
{
    public static readonly FlowName Organizations = FlowName.Parse("organizations");
    public static readonly FlowName Customers = FlowName.Parse("customers");
    public static readonly FlowName Invoices = FlowName.Parse("invoices");
    public static readonly FlowName Products = FlowName.Parse("products");
    public static readonly FlowName Payments = FlowName.Parse("payments");

    /// <summary>All of them, parents before what refers to them.</summary>
    public static IReadOnlyList<AppFlow> All { get; } =
    [
        new(Organizations, FlowSource.App, "Polling:Zuper")
        {
            // A customer's own customer was left out for what the customer was then.
            IsLookedAtAgain = OwnCustomer.Is,
            AdoptionWrites = true,
        },
        new(Customers, FlowSource.App, "Polling:Zuper", Organizations) { AdoptionWrites = true },
        new(Invoices, FlowSource.App, "Polling:Zuper", Organizations, Customers),
        new(Products, FlowSource.Intacct, "Polling:Products"),
        new(Payments, FlowSource.Intacct, "Polling:Payments"),
    ];

    /// <summary>The flows whose records are read from Zuper.</summary>
    public static IReadOnlyList<FlowName> OfZuper { get; } = Of(FlowSource.App);

    /// <summary>The flows whose records are read from Intacct.</summary>
    public static IReadOnlyList<FlowName> OfIntacct { get; } = Of(FlowSource.Intacct);

    private static IReadOnlyList<FlowName> Of(FlowSource source) =>
        [.. All.Where(f => f.Source == source).Select(f => f.Name)];
}
