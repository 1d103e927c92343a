using IntacctSync.Simulators.Zuper.Api;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The kinds of record that the simulator holds.</summary>
public static class ZuperModules
{
    public static ZuperModule Organization { get; } =
        new()
        {
            Name = "ORGANIZATION",
            WebhookModule = "ORGANIZATION",
            Word = "organization",
            Title = "Organization",
            CreatedEvent = "organization.new",
            Inputs =
            [
                "organization_name",
                "organization_email",
                "organization_description",
                "organization_logo",
                "organization_address",
                "organization_billing_address",
                "organization_timezone",
                "additional_emails",
                "tax",
                "customers",
                "teams",
                "pricelist",
                "is_portal_enabled",
                "attachments",
                "custom_fields",
            ],
            KeywordFields = ["organization_name", "organization_email"],
            SortBy = ["organization_name", "created_at"],
            NewerFilter = true,
            FilterSortBy = ["updated_at"],
            Check = OrganizationRules.Check,
            Complete = OrganizationRules.Complete,
            View = OrganizationRules.View,
        };

    public static ZuperModule Customer { get; } =
        new()
        {
            Name = "CUSTOMER",
            WebhookModule = "CUSTOMER",
            Word = "customer",
            Title = "Customer",
            CreatedEvent = "customer.create",
            Inputs =
            [
                "customer_first_name",
                "customer_last_name",
                "customer_company_name",
                "customer_email",
                "customer_contact_no",
                "customer_organization",
                "customer_category",
                "customer_address",
                "customer_billing_address",
                "customer_all_addresses",
                "accounts",
                "tax",
                "customer_tags",
                "additional_emails",
                "account_manager",
                "portal_permissions",
                "attachments",
                "custom_fields",
            ],
            KeywordFields = ["customer_first_name", "customer_last_name", "customer_email"],
            SortBy = ["customer_first_name", "customer_last_name", "no_of_jobs", "created_at"],
            NewerFilter = true,
            FilterSortBy = ["updated_at"],
            MissingInRows = ["updated_at"],
            Check = CustomerRules.Check,
            Complete = CustomerRules.Complete,
            View = CustomerRules.View,
        };

    public static ZuperModule Product { get; } =
        new()
        {
            Name = "PRODUCT",
            WebhookModule = "PRODUCTS",
            Word = "product",
            Title = "Product",
            CreatedEvent = "product.new",
            FieldsField = "meta_data",
            Inputs =
            [
                "product_name",
                "product_id",
                "product_category",
                "product_type",
                "product_description",
                "price",
                "purchase_price",
                "currency",
                "uom",
                "quantity",
                "min_quantity",
                "track_quantity",
                "brand",
                "specification",
                "is_available",
                "is_billable",
                "has_custom_tax",
                "tax",
                "prefix",
                "pricing_level",
                "markup",
                "meta_data",
            ],
            KeywordFields = ["product_name", "product_id"],
            SortBy = [],
            Check = ProductRules.Check,
            Complete = ProductRules.Complete,
            View = ProductRules.View,
        };

    public static ZuperModule Category { get; } =
        new()
        {
            Name = "CATEGORY",
            WebhookModule = "PRODUCTS",
            Word = "category",
            Title = "Product Category",
            CreatedEvent = "product.category_create",
            Inputs = ["category_name", "category_description"],
            KeywordFields = ["category_name"],
            SortBy = [],
            DefaultCount = 20,
            Check = (_, input, _) =>
            {
                if (string.IsNullOrWhiteSpace(input.Text("category_name")))
                    throw new ZuperRefusal(
                        StatusCodes.Status400BadRequest,
                        "Missing Category name",
                        "Category name is missing"
                    );
            },
        };

    public static ZuperModule Invoice { get; } =
        new()
        {
            Name = "INVOICE",
            WebhookModule = "INVOICE",
            Word = "invoice",
            Title = "Invoice",
            CreatedEvent = "invoice.new",
            Inputs =
            [
                "prefix",
                "reference_no",
                "invoice_date",
                "due_date",
                "description",
                "organization",
                "customer",
                "job",
                "payment_term",
                "template",
                "customer_billing_address",
                "customer_service_address",
                "line_items",
                "sub_total",
                "total_discount",
                "discount",
                "tax",
                "fees",
                "remarks",
                "tags",
                "bu_uid",
                "custom_fields",
            ],
            KeywordFields = ["reference_no", "invoice_no"],
            SortBy = ["invoice_no", "reference_no", "created_at", "invoice_date", "due_date"],
            Check = InvoiceRules.Check,
            Complete = InvoiceRules.Complete,
            View = InvoiceView.View,
        };

    /// <summary>Payments, which no caller writes: they come with a status of an invoice.</summary>
    public static ZuperModule Transaction { get; } =
        new()
        {
            Name = "PAYMENT_TRANSACTION",
            WebhookModule = "INVOICE",
            Word = "payment_transaction",
            Title = "Payment",
            CreatedEvent = "invoice.payment",
            Inputs =
            [
                "currency",
                "amount",
                "description",
                "payment_mode",
                "customer",
                "organization",
                "action_module",
                "action_uid",
                "type",
                "source",
                "status",
                "payment_via",
            ],
            KeywordFields = ["description"],
            SortBy = ["created_at"],
            Complete = TransactionRules.Complete,
            View = TransactionRules.View,
        };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ZuperModule> All { get; } =
    [Organization, Customer, Product, Category, Invoice, Transaction];

    /// <summary>
    /// The one that <c>module_name</c> or a state's kind names, in any case; null where there is none.
    /// </summary>
    public static ZuperModule? Named(string? name) =>
        All.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
