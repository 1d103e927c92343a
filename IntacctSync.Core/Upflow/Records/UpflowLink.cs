using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// A link between what pays and what is paid, named by its external id: sent again it is replaced, and with nothing in
/// it it is taken away (integration kit OCA/credit-control, account_partial_reconcile).
/// </summary>
/// <remarks>What is paid (invoices, refunds) must add up to what pays (payments, credit notes) [assumed].</remarks>
public sealed record UpflowLink(string ExternalId)
{
    public IReadOnlyList<UpflowLinkPart> Invoices { get; init; } = [];

    public IReadOnlyList<UpflowLinkPart> Payments { get; init; } = [];

    public IReadOnlyList<UpflowLinkPart> CreditNotes { get; init; } = [];

    public IReadOnlyList<UpflowLinkPart> Refunds { get; init; } = [];

    internal JsonObject Body() =>
        new()
        {
            ["externalId"] = ExternalId,
            ["invoices"] = List(Invoices),
            ["payments"] = List(Payments),
            ["creditNotes"] = List(CreditNotes),
            ["refunds"] = List(Refunds),
        };

    private static JsonArray List(IReadOnlyList<UpflowLinkPart> parts) => new([.. parts.Select(p => p.Body())]);
}

/// <summary>One side of a link.</summary>
/// <param name="Record">What is linked.</param>
/// <param name="AmountLinked">In the currency's smallest unit.</param>
public sealed record UpflowLinkPart(UpflowReference Record, long AmountLinked)
{
    internal JsonObject Body() => Record.AddTo(new JsonObject { ["amountLinked"] = AmountLinked });
}
