using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>An invoice of the sample.</summary>
/// <param name="Title">What it is called here; it stands in the invoice's description.</param>
/// <param name="Organization">Name of the organization that it is for; null where it is for a customer without
/// one.</param>
/// <param name="Lines">Name, quantity and price of each line.</param>
public sealed record SampleInvoice(
    string Title,
    string? Organization,
    params IReadOnlyList<(string Name, decimal Quantity, decimal Price)> Lines
)
{
    /// <summary>Name of the customer; null where it is for an organization alone.</summary>
    public string? Customer { get; init; }

    public string Status { get; init; } = InvoiceStatus.AwaitPayment;

    /// <summary>Days after the first day that the caller names; null where <see cref="Date"/> says it.</summary>
    public int Day { get; init; }

    /// <summary>The date itself, where it does not depend on the first day.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>What stands in the custom field <c>Location</c>; null where there is none.</summary>
    public string? Location { get; init; } = "100";

    /// <summary>Off the first line.</summary>
    public decimal LineDiscount { get; init; }

    /// <summary>Off the whole.</summary>
    public decimal Discount { get; init; }

    public decimal Fee { get; init; }

    public bool Taxed { get; init; }

    public string Memo { get; init; } = "";

    /// <summary>Paid already, by cheque.</summary>
    public decimal Paid { get; init; }

    /// <summary>A total that is not the sum of the parts.</summary>
    public decimal? BrokenTotal { get; init; }

    /// <summary>A number that a person typed; null = the account's next one.</summary>
    public int? Number { get; init; }

    /// <summary>What stands in the custom field <c>Sage Invoice ID</c>; null where there is none.</summary>
    public string? SageId { get; init; }

    public SampleExpectation Expected { get; init; } = SampleExpectation.Synced();

    /// <summary>What is special about it; null where nothing is.</summary>
    public string? Why { get; init; }

    /// <summary>As a create by the API takes it.</summary>
    internal JsonObject ToJson(DateOnly firstDay)
    {
        var date = Date ?? firstDay.AddDays(Day);
        var fields = new List<(string Label, string? Value)> { ("Location", Location), ("Sage Invoice ID", SageId) };
        return new JsonObject
        {
            ["prefix"] = "INV-",
            ["reference_no"] = "",
            ["invoice_date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["due_date"] = date.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["payment_term"] = ZuperPaymentTerms.Net30,
            ["description"] = Title,
            ["organization"] = Organization is null ? null : ZuperSample.UidOf(Organization),
            ["customer"] = Customer is null ? null : ZuperSample.CustomerUidOf(Customer),
            ["line_items"] = new JsonArray([.. Lines.Select((l, i) => (JsonNode)Line(l, i == 0 ? LineDiscount : 0))]),
            ["total_discount"] = Discount,
            ["tax"] = Taxed ? new JsonArray(new JsonObject { ["tax_uid"] = ZuperTaxes.Texas }) : new JsonArray(),
            ["fees"] =
                Fee == 0
                    ? new JsonArray()
                    : new JsonArray(new JsonObject { ["fee_name"] = "Trip charge", ["amount"] = Fee }),
            ["remarks"] = Memo,
            ["custom_fields"] = new JsonArray([
                .. fields
                    .Where(f => f.Value is not null)
                    .Select(f =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["label"] = f.Label,
                                ["value"] = f.Value,
                                ["type"] = "SINGLE_LINE",
                            }
                    ),
            ]),
        };
    }

    private static JsonObject Line((string Name, decimal Quantity, decimal Price) line, decimal discount) =>
        new()
        {
            ["product_uid"] = ZuperSample.Products.FirstOrDefault(p => p.Value.Name == line.Name).Key,
            ["name"] = line.Name,
            ["description"] = "",
            ["quantity"] = line.Quantity,
            ["unit_price"] = line.Price,
            ["discount"] = discount,
            ["discount_type"] = "FIXED",
        };
}
