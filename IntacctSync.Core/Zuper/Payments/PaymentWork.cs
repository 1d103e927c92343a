using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// One payment on its way through the flow. Each step reads what the steps before it have found out, and adds its own.
/// </summary>
internal sealed class PaymentWork(RecordPass records, RecordWork record)
{
    public RecordWork Record => record;

    /// <summary>RECORDNO of the ARPYMT.</summary>
    public string SourceId => record.SourceId;

    /// <summary>Its row, as it is stored or will be stored with whatever comes next.</summary>
    public KeyMapEntry Entry
    {
        get => records[SourceId];
        set => records.Put(value);
    }

    /// <summary>False once it is done or has failed; no step concerns it then.</summary>
    public bool IsOpen => records.IsOpen(SourceId);

    /// <summary>Whether an event of it, now or before, was its deletion in Intacct's audit history.</summary>
    public bool IsSaidDeleted => record.EventIds.Concat(Entry.EventIds).Any(EventIds.IsDeletion);

    /// <summary>As Intacct has it now; null before it is read, and where Intacct does not show it.</summary>
    public PaymentRecord? Payment { get; set; }

    /// <summary>What it pays, as Intacct has it now.</summary>
    public IReadOnlyList<PaymentApplication> Applications { get; set; } = [];

    /// <summary>Whether Intacct shows all that it pays.</summary>
    public ShownDetails Shown { get; set; }

    /// <summary>
    /// Of the invoices that it pays, by RECORDNO; without those that Intacct does not show, and empty in a company
    /// with a single currency.
    /// </summary>
    public IReadOnlyDictionary<string, InvoiceCurrencies> Currencies { get; set; } =
        new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal);

    /// <summary>Null before it is decided.</summary>
    public PaymentDecision? Decision { get; set; }

    /// <summary>
    /// What is to stand in Zuper; null until its invoices are found, and where nothing is to be done.
    /// </summary>
    public PaymentSums? Sums { get; set; }

    /// <summary>
    /// Why nothing that stands in Zuper may be voided; null where it may. It may not where the only reason is that
    /// Intacct does not show something.
    /// </summary>
    public Problem? Held { get; set; }

    /// <summary>
    /// Why it can't be told yet what stands on some of its invoices; null where all is clear. The sums on the others
    /// are recorded, and nothing is voided: what stands may be of an invoice that is not clear.
    /// </summary>
    public Failure? Rest { get; set; }

    /// <summary>Of what is to stand in Zuper; null where the payment may have to be looked at again.</summary>
    public string? Hash { get; set; }

    public void Fail(Failure failure) => records.Fail(SourceId, failure);
}
