using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Webhooks;

/// <summary>
/// A kind of event that Zuper can tell of by a webhook; one webhook tells of one (developers.zuper.co, Add Webhook).
/// </summary>
/// <param name="Module">As a webhook is registered for it, for example <c>ORGANIZATION</c>.</param>
/// <param name="Name">For example <c>organization.update</c>; what stands before the dot is not always the
/// module.</param>
public sealed record ZuperEvent(string Module, string Name)
{
    /// <summary>What happens to organizations, bulk edits and imports included.</summary>
    public static IReadOnlyList<ZuperEvent> OfOrganizations { get; } =
        Of(
            "ORGANIZATION",
            "organization.new",
            "organization.update",
            "organization.delete",
            "organization.bulk_action",
            "import.organization"
        );

    /// <summary>What happens to customers, whose creation has a name of its own.</summary>
    public static IReadOnlyList<ZuperEvent> OfCustomers { get; } =
        Of(
            "CUSTOMER",
            "customer.create",
            "customer.update",
            "customer.activate",
            "customer.deactivate",
            "customer.bulk_action"
        );

    /// <summary>What happens to invoices, their status and deletion included.</summary>
    public static IReadOnlyList<ZuperEvent> OfInvoices { get; } =
        Of(
            "INVOICE",
            "invoice.new",
            "invoice.update",
            "invoice.status_update",
            "invoice.delete",
            "invoice.bulk_action"
        );

    /// <summary>Those that the flows which are on listen to.</summary>
    internal static IReadOnlyList<ZuperEvent> For(ZuperConnectionSettings settings) =>
        [
            .. settings.SyncOrganizations ? OfOrganizations : [],
            .. settings.SyncCustomers ? OfCustomers : [],
            .. settings.SyncInvoices ? OfInvoices : [],
        ];

    private static ZuperEvent[] Of(string module, params string[] names) =>
        Array.ConvertAll(names, name => new ZuperEvent(module, name));
}

/// <summary>
/// A webhook that is registered in an account (developers.zuper.co, Webhooks).
/// </summary>
/// <param name="Event">For example <c>invoice.update</c>.</param>
/// <param name="Url">Where it tells of it.</param>
/// <param name="IsActive">False while it is switched off.</param>
public sealed record ZuperWebhook(string Event, string Url, bool IsActive)
{
    public string Uid { get; init; } = "";

    /// <summary>
    /// What it sends as <c>x-hook-secret</c>: empty for nothing, null where Zuper does not show it. Not public, so that
    /// no text of this record shows it.
    /// </summary>
    internal string? Header { get; init; }

    /// <summary>Whether it leads to a connection's path, on whatever host.</summary>
    internal bool LeadsTo(ConnectionId connection) =>
        Uri.TryCreate(Url, UriKind.Absolute, out var url)
        && url.AbsolutePath.TrimEnd('/').EndsWith($"/api/webhooks/{connection}", StringComparison.OrdinalIgnoreCase);
}
