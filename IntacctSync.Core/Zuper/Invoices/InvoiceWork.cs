using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// One invoice on its way through the flow. Each step reads what the steps before it have found out, and adds its own.
/// </summary>
internal sealed class InvoiceWork(RecordPass records, RecordWork record)
{
    public RecordWork Record => record;

    public string SourceId => record.SourceId;

    /// <summary>Its row, as it is stored or will be stored with whatever comes next.</summary>
    public KeyMapEntry Entry
    {
        get => records[SourceId];
        set => records.Put(value);
    }

    /// <summary>False once it is done or has failed; no step concerns it then.</summary>
    public bool IsOpen => records.IsOpen(SourceId);

    /// <summary>As Zuper has it now; null before it is read, and where Zuper does not know it.</summary>
    public ZuperInvoice? Invoice { get; set; }

    /// <summary>Null where only the write-back is due.</summary>
    public InvoiceDecision? Decision { get; set; }

    /// <summary>What is to be booked; null where nothing is.</summary>
    public InvoiceDraft? Draft => (Decision as InvoiceDecision.ToBook)?.Draft;

    /// <summary>The Zuper customer that it is for; null where it was not needed or Zuper does not know it.</summary>
    public ZuperCustomer? ZuperCustomer { get; set; }

    /// <summary>The record whose counterpart is, or leads to, its customer in Intacct.</summary>
    public ParentKey? Parent { get; set; }

    /// <summary>
    /// The customers in Zuper, by uid, whose merges have given it another one there, while it stays with the customer
    /// that it is booked for; empty where that is not so.
    /// </summary>
    public IReadOnlyList<string> MergedFrom { get; set; } = [];

    /// <summary>Null until its customer in Intacct is found.</summary>
    public InvoiceCustomer? Customer { get; set; }

    /// <summary>Null until all that Intacct has for it is found.</summary>
    public InvoiceContext? Context { get; set; }

    /// <summary>
    /// Its counterpart as Intacct has it; null before it is read, and where Intacct has it no longer.
    /// </summary>
    public BookedInvoice? Booked { get; set; }

    /// <summary>The lines of <see cref="Booked"/>, in their order.</summary>
    public IReadOnlyList<BookedLine> Lines { get; set; } = [];

    /// <summary>Which of its fields an update would write; null before that is planned.</summary>
    public InvoiceFieldChanges? FieldChanges { get; set; }

    /// <summary>The reversal or update that it needs; null where it needs neither.</summary>
    public PlannedWrite? Write { get; set; }

    /// <summary>Whether it has a counterpart that is in the books.</summary>
    public bool IsInBooks => Entry.TargetId is not null && InvoiceHash.IsInBooks(Entry.Hash);

    /// <summary>
    /// Whether an adoption or a person has linked it, and its payments were not looked at since, or a person asks.
    /// </summary>
    public bool IsLinkedAnew => Entry.Adopted && (record.Requested || Entry.WriteBack == WriteBack.Due);

    /// <summary>The number that its next counterpart gets: one that was reversed keeps its own.</summary>
    public string NextNumber => InvoiceMapper.NumberInIntacct(Draft!.Number, Entry.Revision);

    /// <summary>Our own id of its next counterpart.</summary>
    public string NextExternalId => InvoiceMapper.ExternalId(SourceId, Entry.Revision);

    /// <summary>Ends it until a person has changed something.</summary>
    public void Fail(Problem problem) => Fail(new Failure(FailureClass.Data, problem));

    public void Fail(Failure failure) => records.Fail(SourceId, failure);

    /// <summary>It goes on after all.</summary>
    public void Reopen() => records.Reopen(Entry);
}
