using IntacctSync.Core.Connections;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>The invoices of a batch on their way through the flow, and what holds for all of them.</summary>
internal sealed class InvoicePass
{
    private readonly IReadOnlyList<InvoiceWork> _works;

    public InvoicePass(RecordPass records, InvoiceBooks books)
    {
        (Records, Books) = (records, books);
        _works = [.. records.Batch.Records.Select(r => new InvoiceWork(records, r))];
        Policy = InvoicePolicy.Of(records.Batch.Connection);
        Target = books.Target(records.Batch, id => _works.First(w => w.SourceId == id).Invoice);
    }

    public RecordPass Records { get; }

    public InvoiceBooks Books { get; }

    public InvoicePolicy Policy { get; }

    public WriteTarget Target { get; }

    public FlowBatch Batch => Records.Batch;

    public ZuperConnectionSettings Settings => Batch.Connection.Zuper();

    public bool Shadow => Settings.Mode == SyncMode.Shadow;

    public RequestPriority Priority => Batch.Priority;

    /// <summary>Where new invoices are booked.</summary>
    public IInvoiceBook Book => Books.ForNew(Batch.Connection);

    public DateTimeOffset Now => Records.Now;

    /// <summary>Today, in the account's time zone.</summary>
    public DateOnly Today => Settings.DayOf(Now);

    /// <summary>The invoices that are neither done nor failed.</summary>
    public IReadOnlyList<InvoiceWork> Open => [.. _works.Where(w => w.IsOpen)];

    /// <summary>Those among the open ones for which this was decided.</summary>
    public IReadOnlyList<InvoiceWork> OpenOf<T>()
        where T : InvoiceDecision => [.. _works.Where(w => w is { IsOpen: true, Decision: T })];

    /// <summary>
    /// Links an invoice to one that Intacct has already. Its document is taken for written, so that it is not sent
    /// again.
    /// </summary>
    /// <param name="work">The invoice.</param>
    /// <param name="match">The one that Intacct has.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    public async Task AdoptAsync(InvoiceWork work, InvoiceMatch.Adopt match, CancellationToken cancellationToken)
    {
        if (Shadow)
        {
            await EndInShadowAsync([work], _ => $"adopt {match.Booked.TargetId}", cancellationToken);
            return;
        }

        var entry = work.Entry with
        {
            TargetId = match.Booked.TargetId,
            NaturalKey = match.Booked.NaturalKey,
            Hash = work.Draft!.Hash.ToString(),
            Fingerprints = InvoiceFieldChanges.AfterAdoption(work.Draft!),
            Adopted = true,
        };
        await Records.SaveLinkedAsync(
            [WriteOutcomes.Linked(entry, Target, Now, "adopted", $"{match.Booked.TargetId}: {match.Why}.")],
            cancellationToken
        );
    }

    /// <summary>
    /// Ends invoices with what would have been done for each, if the connection were not in shadow mode.
    /// </summary>
    public Task EndInShadowAsync(
        IEnumerable<InvoiceWork> works,
        Func<InvoiceWork, string> what,
        CancellationToken cancellationToken
    ) =>
        Records.SaveShadowAsync(
            [.. works.Select(w => w.Entry.Skip(Now, $"{RecordPass.ShadowMode} would {what(w)}."))],
            cancellationToken
        );
}
