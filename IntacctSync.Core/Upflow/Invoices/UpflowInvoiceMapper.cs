using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>An invoice or a debit memo of Intacct as an invoice of Upflow. Pure.</summary>
internal static class UpflowInvoiceMapper
{
    // Upflow publishes no length.
    private const int Name = 250;

    /// <param name="document">As Intacct has it.</param>
    /// <param name="externalId">By which Upflow finds it again.</param>
    /// <param name="customer">Its customer in Upflow.</param>
    /// <param name="defaultCurrency">Of a document that names none.</param>
    /// <param name="customFields">By the connection's map.</param>
    public static Mapped<UpflowDocument> Map(
        Receivable document,
        string externalId,
        UpflowReference customer,
        string defaultCurrency,
        IReadOnlyList<UpflowFieldValue> customFields
    )
    {
        var currency = CurrencyOf(document, defaultCurrency);
        if (!UpflowMoney.IsCurrency(currency))
            return Rejected(
                "upflow-currency",
                $"The currency of {document.Number} is '{VisibleText.Of(currency)}'.",
                "Correct it in Intacct, then retry."
            );
        if (document.Head.Date is not { } issued)
            return Rejected(
                "upflow-date-missing",
                $"{document.Number} has no date.",
                "Give it one in Intacct, then retry."
            );
        var mapped = new UpflowDocument
        {
            ExternalId = externalId,
            CustomId = document.Number,
            IssuedAt = issued,
            DueDate = document.Head.DueDate ?? issued,
            Name = IntacctText.Cut(document.Head.Description, Name) is { Length: > 0 } name ? name : document.Number,
            Currency = currency,
            GrossAmount = UpflowMoney.ToSmallest(document.Gross, currency),
            NetAmount = UpflowMoney.ToSmallest(document.Net ?? document.Gross, currency),
            Customer = customer,
            CustomFields = customFields,
        };
        return new Mapped<UpflowDocument>.Document(mapped, HashOf(mapped, document.CustomerId));
    }

    /// <summary>What a person calls the document.</summary>
    public static string Title(Receivable document) => document.Number;

    private static string CurrencyOf(Receivable document, string defaultCurrency) =>
        (document.Head.Currency?.Trim() is { Length: > 0 } currency ? currency : defaultCurrency).ToUpperInvariant();

    /// <summary>
    /// Equal documents of the same customer have equal hashes, whatever Upflow calls that customer.
    /// </summary>
    private static string HashOf(UpflowDocument document, string customerId)
    {
        var body = document.Body();
        body.Remove("customer");
        return ShortHash.Of(string.Create(CultureInfo.InvariantCulture, $"{body.ToJsonString()} {customerId}"), 26);
    }

    private static Mapped<UpflowDocument> Rejected(string code, string message, string fix) =>
        new Mapped<UpflowDocument>.Rejected(new Problem(code, message, fix));
}
