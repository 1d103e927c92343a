using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>A field that the rule engine can filter on (<c>GET /organization/meta/filter</c>).</summary>
/// <param name="Path">The field, and what rules name it by.</param>
/// <param name="DisplayName">What a person reads.</param>
/// <param name="FieldType">TEXT, NUMBER, DATE, LOOKUP or DROPDOWN.</param>
internal sealed record FilterKey(string Path, string DisplayName, string FieldType = "TEXT")
{
    public string Type => Path.Contains('.', StringComparison.Ordinal) ? "nested_field" : "default_field";

    /// <summary>
    /// Whether a rule's <c>field_type</c> is the one that this key declares; dates are asked for in two ways.
    /// </summary>
    public bool Accepts(string? fieldType) =>
        fieldType == FieldType || (FieldType == "DATE" && fieldType == "DATETIME");

    public static IReadOnlyList<FilterKey> Of(ZuperModule module) =>
        module.Name switch
        {
            "ORGANIZATION" => Organization,
            "CUSTOMER" => Customer,
            "INVOICE" => Invoice,
            "PRODUCT" => Product,
            "PAYMENT_TRANSACTION" => Transaction,
            _ => [],
        };

    private static IReadOnlyList<FilterKey> Organization { get; } =
    [
        new("organization_name", "Organization Name"),
        new("organization_email", "Email"),
        .. Address("organization_address", ""),
        .. Address("organization_billing_address", "Billing "),
        new("organization_uid", "Organization", "LOOKUP"),
        new("is_active", "Active", "DROPDOWN"),
        new("is_deleted", "Deleted", "DROPDOWN"),
        new("created_at", "Created At", "DATE"),
        new("updated_at", "Updated At", "DATE"),
    ];

    private static IReadOnlyList<FilterKey> Customer { get; } =
    [
        new("customer_first_name", "First Name"),
        new("customer_last_name", "Last Name"),
        new("customer_email", "Email"),
        new("customer_uid", "Customer", "LOOKUP"),
        new("customer_organization", "Organization", "LOOKUP"),
        new("is_active", "Active", "DROPDOWN"),
        new("is_deleted", "Deleted", "DROPDOWN"),
        new("created_at", "Created At", "DATE"),
        new("updated_at", "Updated At", "DATE"),
    ];

    private static IReadOnlyList<FilterKey> Invoice { get; } =
    [
        new("invoice_uid", "Invoice", "LOOKUP"),
        new("invoice_no", "Invoice No", "NUMBER"),
        new("prefix", "Prefix"),
        new("reference_no", "Reference No"),
        new("invoice_status", "Status", "DROPDOWN"),
        new("customer", "Customer", "LOOKUP"),
        new("organization", "Organization", "LOOKUP"),
        new("customer.customer_uid", "Customer", "LOOKUP"),
        new("organization.organization_uid", "Organization", "LOOKUP"),
        new("total", "Total", "NUMBER"),
        new("amount_due", "Amount Due", "NUMBER"),
        new("is_paid", "Paid", "DROPDOWN"),
        new("invoice_date", "Invoice Date", "DATE"),
        new("due_date", "Due Date", "DATE"),
        .. Lifetime,
    ];

    private static IReadOnlyList<FilterKey> Product { get; } =
    [
        new("product_uid", "Product", "LOOKUP"),
        new("product_id", "Product Id"),
        new("product_no", "Product No", "NUMBER"),
        new("product_name", "Name"),
        new("product_type", "Type", "DROPDOWN"),
        new("product_category", "Category", "LOOKUP"),
        new("product_category.category_uid", "Category", "LOOKUP"),
        new("is_available", "Available", "DROPDOWN"),
        .. Lifetime,
    ];

    private static IReadOnlyList<FilterKey> Transaction { get; } =
    [
        new("payment_transaction_uid", "Payment", "LOOKUP"),
        new("transaction_uid", "Payment", "LOOKUP"),
        new("amount", "Amount", "NUMBER"),
        new("action_module", "Module", "DROPDOWN"),
        new("action_uid", "Record", "LOOKUP"),
        new("payment_mode", "Payment Mode", "LOOKUP"),
        new("payment_mode.payment_mode_uid", "Payment Mode", "LOOKUP"),
        new("customer", "Customer", "LOOKUP"),
        new("organization", "Organization", "LOOKUP"),
        new("status", "Status", "DROPDOWN"),
        .. Lifetime,
    ];

    /// <summary>
    /// Where a key is kept: an embedded record is kept as its uid, and a payment's uid has two names.
    /// </summary>
    public string Kept =>
        Path switch
        {
            "transaction_uid" => "payment_transaction_uid",
            "customer.customer_uid"
            or "organization.organization_uid"
            or "product_category.category_uid"
            or "payment_mode.payment_mode_uid" => Path[..Path.IndexOf('.', StringComparison.Ordinal)],
            _ => Path,
        };

    private static IReadOnlyList<FilterKey> Lifetime =>
        [
            new("is_active", "Active", "DROPDOWN"),
            new("is_deleted", "Deleted", "DROPDOWN"),
            new("created_at", "Created At", "DATE"),
            new("updated_at", "Updated At", "DATE"),
        ];

    private static IEnumerable<FilterKey> Address(string field, string prefix) =>
        [
            new($"{field}.street", prefix + "Street"),
            new($"{field}.city", prefix + "City"),
            new($"{field}.state", prefix + "State"),
            new($"{field}.country", prefix + "Country"),
            new($"{field}.zip_code", prefix + "Zip Code"),
        ];
}
