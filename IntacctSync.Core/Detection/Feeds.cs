using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection;

/// <summary>The feeds that can be read for changes, each named by its flow.</summary>
public static class Feeds
{
    /// <summary>The flows whose records are read from Zuper.</summary>
    public static IReadOnlyList<FlowName> OfZuper { get; } =
    [FlowName.Organizations, FlowName.Customers, FlowName.Invoices];

    /// <summary>The flows whose records are read from Intacct.</summary>
    public static IReadOnlyList<FlowName> OfIntacct { get; } = [FlowName.Products, FlowName.Payments];

    public static IReadOnlyList<FlowName> All { get; } = [.. OfZuper, .. OfIntacct];
}
