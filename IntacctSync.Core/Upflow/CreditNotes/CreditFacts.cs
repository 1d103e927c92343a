using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.CreditNotes;

/// <summary>What is known of one credit memo, negative invoice or reversed invoice when it is decided about.</summary>
internal sealed record CreditFacts
{
    private const string Reversal = "-reversal";

    /// <summary>Its source id.</summary>
    public required string SourceId { get; init; }

    /// <summary>The head, as Intacct has it.</summary>
    public required ArInvoiceSummary Head { get; init; }

    /// <summary>What the key map knows of its customer, and of the invoice itself.</summary>
    public required KnownCounterparts Known { get; init; }

    /// <summary>Of a document that names no currency.</summary>
    public required string DefaultCurrency { get; init; }

    /// <summary>The day on which it was reversed, as far as it is known; null where it is not reversed.</summary>
    public DateOnly? ReversedOn { get; init; }

    /// <summary>The amount without tax, of the same sign; null where no tax is told apart.</summary>
    public decimal? Net { get; init; }

    /// <summary>By the connection's map; none of a negative or reversed invoice.</summary>
    public IReadOnlyList<UpflowFieldValue> CustomFields { get; init; } = [];

    /// <summary>What keeps its custom fields from being mapped.</summary>
    public Problem? FieldProblem { get; init; }

    public string Currency => (Head.Currency ?? DefaultCurrency).Trim().ToUpperInvariant();

    /// <summary>What a person calls it.</summary>
    public string Title => Head.InvoiceNo ?? Head.RecordNo;

    /// <summary>By what a person knows it again.</summary>
    public RecordFacts Shown =>
        UpflowFlows.FactsOf(Head.TrxTotalEntered ?? Head.TotalEntered, Head.Currency, Head.Date, Head.CustomerId);

    /// <summary>In the currency's smallest unit: below zero for a credit.</summary>
    public long Total => UpflowMoney.ToSmallest(Head.TrxTotalEntered ?? Head.TotalEntered ?? 0, Currency);

    /// <summary>
    /// Whether it is an invoice or a debit memo that was reversed, whose credit note settles it.
    /// </summary>
    public bool IsReversedInvoice => Total > 0 && State == "REVERSED";

    public string State => Head.State?.Trim().ToUpperInvariant() ?? "";

    /// <summary>Whether it is a credit that is in the books.</summary>
    public bool Counts => Total < 0 && State is not ("REVERSED" or "REVERSAL" or "DRAFT" or "NO VALUE" or "");

    public ParentKey Customer => new(UpflowFlows.Customers, (Head.CustomerId ?? "").Trim());

    /// <summary>The same record as an invoice.</summary>
    public ParentKey Invoice => new(UpflowFlows.Invoices, SourceId);

    /// <summary>
    /// The name of its credit note in Upflow. That of a reversed invoice is not the invoice's own, as it is another
    /// document.
    /// </summary>
    public string ExternalId => ExternalIdOf(SourceId, IsReversedInvoice);

    public static string ExternalIdOf(string sourceId, bool isReversedInvoice) =>
        (UpflowIds.Parse(sourceId) is null ? UpflowIds.Of(UpflowIds.Invoice, sourceId) : sourceId)
        + (isReversedInvoice ? Reversal : "");

    /// <summary>The credit that such a name is of; null for another text. Pure.</summary>
    public static string? SourceIdOf(string? externalId) =>
        Receivable.SourceIdOf(
            externalId?.EndsWith(Reversal, StringComparison.Ordinal) == true
                ? externalId[..^Reversal.Length]
                : externalId
        );

    /// <summary>The first record that it refers to and that has no counterpart yet.</summary>
    public ParentKey? Awaited =>
        Known.TargetOf(Customer) is null ? Customer
        : IsReversedInvoice && Known.IsAwaited(Invoice) ? Invoice
        : null;
}
