using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public const string ZuperKey = "canary-zuper-key-5511";

    public static ZuperAccount ZuperAccount(string root = "https://us-west-1c.zuperpro.com", string key = ZuperKey) =>
        new(new Uri(root), key);

    /// <summary>A uid that looks like Zuper's; the number tells them apart.</summary>
    public static string Uid(int number) => $"1e0d7c40-0000-4000-8000-{number:D12}";

    /// <summary>An organization as Zuper's API gives it.</summary>
    public static JsonObject OrganizationJson(
        string? uid = null,
        string name = "Harbor Dental Group",
        string? sageId = null
    ) =>
        new()
        {
            ["organization_uid"] = uid ?? Uid(1),
            ["organization_name"] = name,
            ["organization_email"] = "ap@harbordental.example",
            ["organization_address"] = new JsonObject
            {
                ["street"] = "12 Pier Rd",
                ["city"] = "Austin",
                ["state"] = "TX",
                ["country"] = "USA",
                ["zip_code"] = "78701",
            },
            ["custom_fields"] = sageId is null
                ? new JsonArray()
                : new JsonArray(
                    new JsonObject
                    {
                        ["label"] = "Sage Customer ID",
                        ["value"] = sageId,
                        ["type"] = "SINGLE_LINE",
                    }
                ),
            ["is_active"] = true,
            ["is_deleted"] = false,
            ["created_at"] = "2026-02-03T15:04:05.000Z",
            ["updated_at"] = "2026-02-04T15:04:05.000Z",
        };

    /// <summary>A customer as Zuper's API gives it.</summary>
    public static JsonObject CustomerJson(string? uid = null) =>
        new()
        {
            ["customer_uid"] = uid ?? Uid(1),
            ["customer_first_name"] = "Ines",
            ["customer_last_name"] = "Roy",
            ["customer_company_name"] = "Harbor Dental Group",
            ["customer_email"] = "ines@harbordental.example",
            ["customer_contact_no"] = new JsonObject
            {
                ["mobile"] = "+15125550100",
                ["work"] = "+15125550101",
                ["home"] = "",
            },
            ["customer_organization"] = new JsonObject
            {
                ["organization_uid"] = Uid(90),
                ["organization_name"] = "Harbor Dental Group",
            },
            ["customer_address"] = new JsonObject { ["street"] = "12 Pier Rd", ["zip_code"] = 78701 },
            ["customer_billing_address"] = new JsonObject { ["city"] = "Austin" },
            ["tax"] = new JsonObject { ["tax_exempt"] = true, ["tax_exempt_number"] = "TX-1" },
            ["custom_fields"] = new JsonArray(
                new JsonObject { ["label"] = "Sage Contact ID", ["value"] = "Ines (Z-1)" }
            ),
            ["is_active"] = false,
            ["created_at"] = "2026-02-03T15:04:05.000Z",
        };

    /// <summary>
    /// An invoice as Zuper's API gives it: two lines, of which one is a heading, a tax, a fee and a payment.
    /// </summary>
    public static JsonObject InvoiceJson(string? uid = null) =>
        new()
        {
            ["invoice_uid"] = uid ?? Uid(1),
            ["invoice_no"] = 2041,
            ["prefix"] = "INV-",
            ["reference_no"] = "PO 8812",
            ["invoice_date"] = "2026-02-03T06:00:00.000Z",
            ["due_date"] = "2026-03-06T05:59:00.000Z",
            ["invoice_status"] = "AWAIT_PAYMENT",
            ["customer"] = new JsonObject { ["customer_uid"] = Uid(80) },
            ["organization"] = new JsonObject { ["organization_uid"] = Uid(90) },
            ["line_items"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "Labour",
                    ["line_item_type"] = "SECTION",
                    ["quantity"] = null,
                    ["total"] = 0,
                },
                new JsonObject
                {
                    ["line_item_uid"] = Uid(70),
                    ["line_item_type"] = "ITEM",
                    ["product_uid"] = Uid(60),
                    ["product_ref_id"] = new JsonObject
                    {
                        ["product_id"] = "SRV-1",
                        ["product_name"] = "Filter replacement",
                    },
                    ["name"] = "Filter replacement",
                    ["quantity"] = "2",
                    ["unit_price"] = 120.10m,
                    ["discount"] = 0,
                    ["discount_type"] = "FIXED",
                    ["total"] = 240.20m,
                    ["tax"] = new JsonObject
                    {
                        ["tax_name"] = "TX",
                        ["tax_rate"] = 8.25m,
                        ["tax_amount"] = "19.8",
                    },
                }
            ),
            ["sub_total"] = 240.20m,
            ["total_discount"] = "1.50",
            ["discount"] = new JsonObject { ["type"] = "FIXED", ["discount_applicability"] = "LINE_ITEM" },
            ["tax"] = new JsonArray(
                new JsonObject
                {
                    ["tax_uid"] = Uid(50),
                    ["tax_name"] = "TX",
                    ["tax_percent"] = 8.25m,
                    ["tax_amount"] = 19.8m,
                }
            ),
            ["fees"] = new JsonArray(new JsonObject { ["fee_name"] = "Travel", ["amount"] = "5.00" }),
            ["total"] = 263.50m,
            ["amount_due"] = "163.50",
            ["amount_paid"] = 100,
            ["payment_term"] = new JsonObject { ["payment_term_name"] = "Net 30", ["no_of_days"] = 30 },
            ["payment_history"] = new JsonArray(
                new JsonObject
                {
                    ["amount"] = 100,
                    ["payment_mode"] = new JsonObject
                    {
                        ["payment_mode_uid"] = Uid(40),
                        ["payment_mode_name"] = "Cheque",
                    },
                    ["payment_transaction"] = new JsonObject { ["payment_transaction_uid"] = Uid(30) },
                    ["reference_no"] = "SAGE-PYMT-553",
                    ["is_void"] = "False",
                    ["payment_date"] = "2026-02-20T00:00:00.000Z",
                }
            ),
            ["custom_fields"] = new JsonArray(new JsonObject { ["label"] = "Location", ["value"] = "100" }),
            ["is_deleted"] = false,
            ["updated_at"] = "2026-02-04T15:04:05.000Z",
        };

    /// <summary>A product as Zuper's API gives it.</summary>
    public static JsonObject ProductJson(string? uid = null, string productId = "SRV-1") =>
        new()
        {
            ["product_uid"] = uid ?? Uid(1),
            ["product_id"] = productId,
            ["product_no"] = 814,
            ["product_name"] = "Filter replacement",
            ["product_category"] = new JsonObject { ["category_uid"] = Uid(20), ["category_name"] = "Services" },
            ["product_type"] = "SERVICE",
            ["price"] = "120.0000",
            ["purchase_price"] = 45,
            ["uom"] = "Each",
            ["meta_data"] = new JsonArray(new JsonObject { ["label"] = "Sage Item ID", ["value"] = productId }),
            ["is_available"] = true,
        };

    public static JsonObject ZuperSuccess(JsonNode? data, string type = "success") =>
        new() { ["type"] = type, ["data"] = data };

    public static JsonObject ZuperError(string title, string message, string type = "error") =>
        new()
        {
            ["type"] = type,
            ["title"] = title,
            ["message"] = message,
        };
}
