using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>A payment or a refund as it is written. The amount is in the currency's smallest unit.</summary>
public sealed record UpflowPayment
{
    public required string ExternalId { get; init; }

    public required string Currency { get; init; }

    public required long Amount { get; init; }

    /// <summary>When the money was there.</summary>
    public required DateOnly ValidatedAt { get; init; }

    /// <summary>One of <see cref="UpflowInstruments"/>.</summary>
    public string Instrument { get; init; } = UpflowInstruments.Unknown;

    /// <summary>Upflow's id of the bank account; null where none is named.</summary>
    public string? BankAccountId { get; init; }

    public required UpflowReference Customer { get; init; }

    internal JsonObject Body()
    {
        if (Amount < 0)
            throw new InvalidOperationException(
                $"{ExternalId} has the amount {Amount}; what is below zero is no payment."
            );
        var body = new JsonObject
        {
            ["externalId"] = ExternalId,
            ["currency"] = Currency,
            ["amount"] = Amount,
            ["validatedAt"] = UpflowDocument.Day(ValidatedAt),
            ["instrument"] = Instrument,
            ["customer"] = Customer.Body(),
        };
        if (BankAccountId is not null)
            body["bankAccountId"] = BankAccountId;
        return body;
    }
}
