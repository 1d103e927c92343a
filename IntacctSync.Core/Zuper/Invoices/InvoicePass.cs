using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>A pass of invoices: the records, what Zuper has of them, and where they are booked.</summary>
internal sealed class InvoicePass
{
    public InvoicePass(RecordPass records, InvoiceBooks books)
    {
        (Records, Books) = (records, books);
        Policy = InvoicePolicy.Of(records.Batch.Connection);
        Target = books.Target(records.Batch, Invoices);
    }

    public RecordPass Records { get; }

    public InvoiceBooks Books { get; }

    public InvoicePolicy Policy { get; }

    public WriteTarget Target { get; }

    public FlowBatch Batch => Records.Batch;

    public ZuperConnectionSettings Settings => Batch.Connection.Zuper();

    public bool Shadow => Settings.Mode == SyncMode.Shadow;

    /// <summary>Where new invoices are booked.</summary>
    public IInvoiceBook Book => Books.ForNew(Batch.Connection);

    /// <summary>As Zuper has them now, by source id; one that Zuper does not know is not in it.</summary>
    public Dictionary<string, ZuperInvoice> Invoices { get; } = new(StringComparer.Ordinal);

    /// <summary>Today, where the account is.</summary>
    public DateOnly Today => InvoiceMapper.DateOf(Records.Now, Settings)!.Value;

    public bool IsOpen(string sourceId) => Records.Open.Any(w => w.SourceId == sourceId);

    public void Fail(string sourceId, Domain.Problem problem) =>
        Records.Fail(sourceId, new Failure(FailureClass.Data, problem));

    /// <summary>Links a record to what was there already; the same document is not written again.</summary>
    public async Task AdoptAsync(
        string sourceId,
        BookedInvoice booked,
        InvoiceDraft draft,
        string why,
        CancellationToken cancellationToken
    )
    {
        var entry = Records[sourceId] with
        {
            TargetId = booked.TargetId,
            NaturalKey = booked.NaturalKey,
            Hash = draft.Hash.ToString(),
            Adopted = true,
        };
        if (Shadow)
        {
            await Records.SaveShadowAsync(
                [Records[sourceId].Skip(Records.Now, $"{RecordPass.ShadowMode} would adopt {booked.TargetId}.")],
                cancellationToken
            );
            return;
        }

        var adopted = WriteOutcomes.Linked(entry, Target, Records.Now, "adopted", $"{booked.TargetId}: {why}.");
        if (adopted.WriteBack == WriteBack.Due)
            await Records.SaveAsync([adopted], cancellationToken);
        else
            await Records.SaveFinalAsync([adopted], cancellationToken);
    }

    /// <summary>The number and our id that an invoice has in Intacct, for a customer.</summary>
    public (string Number, string ExternalId) Named(string sourceId, InvoiceDraft draft)
    {
        var revision = Records[sourceId].Revision;
        return (InvoiceMapper.NumberInIntacct(draft.Number, revision), InvoiceMapper.ExternalId(sourceId, revision));
    }
}
