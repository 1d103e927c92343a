using System.Text.Json;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>The modules that are read.</summary>
internal static class ZuperKinds
{
    public static ZuperKind<ZuperOrganization> Organization { get; } =
        new("organization", "organization_uid", "organization", TypedRules: true, ZuperOrganizationReader.Read);

    public static ZuperKind<ZuperCustomer> Customer { get; } =
        new("customers", "customer_uid", "customer", TypedRules: true, ZuperCustomerReader.Read);

    public static ZuperKind<ZuperInvoice> Invoice { get; } =
        new("invoice", "invoice_uid", "invoice", TypedRules: false, ZuperInvoiceReader.Read);

    public static ZuperKind<ZuperProduct> Product { get; } =
        new("product", "product_uid", "product", TypedRules: false, ZuperProductReader.Read);
}

/// <summary>How one module's records are asked for and read.</summary>
/// <param name="Route">Where they are listed; one is at the route and its uid, and the filter at the route and
/// <c>filter</c>.</param>
/// <param name="UidField">What the module calls its uid.</param>
/// <param name="Name">One of them, for people.</param>
/// <param name="TypedRules">Whether the module's filter is that of the newer service, whose rules name a type and know
/// <c>IN</c> (developers.zuper.co, Get Organizations By Filter).</param>
/// <param name="Read">Null for an element without a uid.</param>
internal sealed record ZuperKind<T>(
    string Route,
    string UidField,
    string Name,
    bool TypedRules,
    Func<JsonElement, T?> Read
)
    where T : ZuperRecord
{
    public string Plural => $"{Name}s";

    public string FilterRoute => $"{Route}/filter";

    public string SingleRoute => $"{Route}/{{uid}}";
}

/// <summary>The modules whose records carry custom fields that this sync writes.</summary>
public enum ZuperModule
{
    Organization,
    Customer,
    Invoice,
    Product,
}
