namespace IntacctSync.Core.Zuper;

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
