using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// An invoice or a credit note as it is written. Amounts are in the currency's smallest unit and never below zero, also
/// those of a credit note.
/// </summary>
public sealed record UpflowDocument
{
    public required string ExternalId { get; init; }

    /// <summary>The number that people know.</summary>
    public required string CustomId { get; init; }

    public required DateOnly IssuedAt { get; init; }

    /// <summary>An invoice must have it.</summary>
    public required DateOnly DueDate { get; init; }

    public string Name { get; init; } = "";

    public required string Currency { get; init; }

    /// <summary>With tax.</summary>
    public required long GrossAmount { get; init; }

    /// <summary>Without tax.</summary>
    public required long NetAmount { get; init; }

    public required UpflowReference Customer { get; init; }

    public IReadOnlyList<UpflowFieldValue> CustomFields { get; init; } = [];

    /// <exception cref="InvalidOperationException">An amount is below zero.</exception>
    internal JsonObject Body()
    {
        if (GrossAmount < 0 || NetAmount < 0)
            throw new InvalidOperationException(
                $"{ExternalId} has the amounts {GrossAmount} and {NetAmount}; what is below zero is a document of "
                    + "the other kind."
            );
        var body = new JsonObject
        {
            ["externalId"] = ExternalId,
            ["customId"] = CustomId,
            ["issuedAt"] = Day(IssuedAt),
            ["dueDate"] = Day(DueDate),
            ["name"] = Name,
            ["currency"] = Currency,
            ["grossAmount"] = GrossAmount,
            ["netAmount"] = NetAmount,
            ["customer"] = Customer.Body(),
        };
        UpflowFieldValue.AddTo(body, CustomFields);
        return body;
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
