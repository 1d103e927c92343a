using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Posted invoices and debit memos of Intacct become invoices of Upflow: settle, read, decide, find the customer, map,
/// write; then the PDFs.
/// </summary>
public sealed class UpflowInvoiceFlow(
    ReceivableReader reader,
    ReplacedInvoices replaced,
    ParentGate gate,
    UpflowFieldCatalog fields,
    HandLinks links,
    ShownInvoices shown,
    GoneCounterparts counterparts,
    TakenIds ids,
    LostLinks lost,
    UpflowInvoiceWrites writes,
    InvoicePdfs pdfs,
    AppWriter writer,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<UpflowInvoiceFlow> logger
) : IRecordFlow
{
    public FlowName Name => UpflowFlows.Invoices;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, UpflowWrites.App, UpflowWrites.SettleAfter, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var documents = await reader.ReadAsync(pass, cancellationToken);
        foreach (var work in pass.Open.Where(w => !w.WriteBackOnly).ToList())
        {
            var document = documents.GetValueOrDefault(work.SourceId);
            pass.Titled(
                work.SourceId,
                document is null ? "" : UpflowInvoiceMapper.Title(document),
                await reader.VersionAsync(pass, document, cancellationToken),
                FactsOf(document)
            );
        }

        await replaced.TakeOverAsync(pass, documents, cancellationToken);
        await shown.FindAsync(pass, documents, cancellationToken);
        var startDate = pass.Batch.Connection.FirstDay();
        var decisions = pass.Decide(
            pass.Open.Where(w => !w.WriteBackOnly),
            w =>
                UpflowInvoiceDecision.For(
                    pass[w.SourceId],
                    documents.GetValueOrDefault(w.SourceId),
                    startDate,
                    w.Requested
                )
        );
        await EndAsync(pass, decisions, cancellationToken);
        await links.ResolveAsync(pass, UpflowKind.Invoice, cancellationToken);
        await CarryAsync(pass, decisions, documents, cancellationToken);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Live)
            await pdfs.SendAsync(pass, cancellationToken);
    }

    private static RecordFacts? FactsOf(Receivable? document) =>
        document is null
            ? null
            : UpflowFlows.FactsOf(document.Gross, document.Head.Currency, document.Head.Date, document.CustomerId);

    /// <summary>Ends the records of which nothing is written.</summary>
    private static Task EndAsync(
        RecordPass pass,
        Dictionary<string, UpflowInvoiceDecision> decisions,
        CancellationToken cancellationToken
    ) =>
        pass.SaveFinalAsync(
            [
                .. decisions
                    .Where(d => pass.IsOpen(d.Key))
                    .Select(d =>
                        d.Value switch
                        {
                            UpflowInvoiceDecision.Skip skip => pass[d.Key].Skip(pass.Now, skip.Reason),
                            _ => null,
                        }
                    )
                    .OfType<KeyMapEntry>(),
            ],
            cancellationToken
        );

    private async Task CarryAsync(
        RecordPass pass,
        Dictionary<string, UpflowInvoiceDecision> decisions,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        var carried = Open<UpflowInvoiceDecision.Carry>(pass, decisions).ToList();
        var customers = carried.ToDictionary(
            w => w.SourceId,
            w => new ParentKey(UpflowFlows.Customers, documents[w.SourceId].CustomerId),
            StringComparer.Ordinal
        );
        foreach (var work in carried.Where(w => customers[w.SourceId].SourceId.Length == 0))
            pass.Fail(work.SourceId, WithoutCustomer(documents[work.SourceId]));
        var parents = await gate.PassAsync(pass, customers, cancellationToken);
        var defined = await fields.OfAsync(pass.Batch, CustomFieldKind.Invoice, cancellationToken);
        var due = carried
            .Where(w => pass.IsOpen(w.SourceId) && parents.ContainsKey(w.SourceId))
            .Select(w => Mapped(pass, w, documents[w.SourceId], parents[w.SourceId].TargetId!, defined))
            .OfType<InvoiceWrite>()
            .ToList();
        var equal = due.Where(d => pass[d.Work.SourceId] is { TargetId: not null } row && row.Hash == d.Hash).ToList();
        var gone = await counterparts.FindAsync(pass, UpflowKind.Invoice, equal.Select(d => d.Work), cancellationToken);
        await pass.SaveFinalAsync(
            [
                .. equal
                    .Where(d => !gone.Contains(d.Work.SourceId))
                    .Select(d =>
                        ((UpflowInvoiceDecision.Carry)decisions[d.Work.SourceId]).Reason is { } reason
                            ? pass[d.Work.SourceId].Sync(pass.Now, "kept", reason)
                            : UpflowInvoiceWrites
                                .Kept(pass, pass[d.Work.SourceId], d)
                                .Sync(pass.Now, "unchanged", UpflowStory.Unchanged)
                    ),
            ],
            cancellationToken
        );
        var removed = Open<UpflowInvoiceDecision.Remove>(pass, decisions)
            .Select(w => (w, ((UpflowInvoiceDecision.Remove)decisions[w.SourceId]).Reason))
            .ToList();
        await ids.LeaveInvoicesAsync(pass, [.. due.Where(d => pass.IsOpen(d.Work.SourceId))], cancellationToken);
        var open = due.Where(d => pass.IsOpen(d.Work.SourceId)).ToList();
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await EndInShadowAsync(pass, open, removed, cancellationToken);
            return;
        }

        await writes.RemoveAsync(pass, removed, cancellationToken);

        // Before the invoice is made, so that a crash in between loses nothing.
        var paid = open.Where(d => d.Source.IsPaidInPart && LostLinks.MayHaveEarlier(pass[d.Work.SourceId], d.Work));
        await lost.TellAsync(pass, Name, gone, [.. paid.Select(d => d.Work.SourceId)], cancellationToken);
        var reversed = open.Where(d =>
            d.Source.State == ReceivableState.Reversed && LostLinks.MayHaveEarlier(pass[d.Work.SourceId], d.Work)
        );
        await lost.TellReversalsAsync(pass, [.. reversed.Select(d => d.Work.SourceId)], cancellationToken);
        var before = open.ToDictionary(
            w => w.Work.SourceId,
            w => pass[w.Work.SourceId].TargetId,
            StringComparer.Ordinal
        );
        await writes.PutAsync(pass, open, cancellationToken);
        var anew = before
            .Where(b => b.Value is { } was && pass[b.Key].TargetId is { } now && now != was)
            .Select(b => b.Key)
            .Where(id => !gone.Contains(id));
        await lost.TellAsync(pass, Name, [.. anew], [], cancellationToken);
    }

    private static InvoiceWrite? Mapped(
        RecordPass pass,
        RecordWork work,
        Receivable document,
        string customer,
        IReadOnlyList<UpflowFieldDefinition> defined
    )
    {
        var settings = pass.Batch.Connection.Upflow();
        return pass.Guarded<InvoiceWrite>(
            work.SourceId,
            () =>
            {
                var values = document.IsInvoice
                    ? CustomFieldMapper.Map(CustomFieldKind.Invoice, settings.CustomFields, document.Row, defined)
                    : new Mapped<IReadOnlyList<UpflowFieldValue>>.Document([], "");
                if (values is Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected unfit)
                    return Refused(unfit.Problem);
                var mapped = UpflowInvoiceMapper.Map(
                    document,
                    pass[work.SourceId].NaturalKey ?? document.ExternalId,
                    new UpflowReference(customer),
                    settings.DefaultCurrency,
                    ((Mapped<IReadOnlyList<UpflowFieldValue>>.Document)values).Value
                );
                return mapped switch
                {
                    Mapped<UpflowDocument>.Document d => new InvoiceWrite(work, document, d.Value, d.Hash),
                    Mapped<UpflowDocument>.Rejected r => Refused(r.Problem),
                    _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
                };
            }
        );

        InvoiceWrite? Refused(Problem problem)
        {
            pass.Fail(work.SourceId, new Failure(FailureClass.Data, problem));
            return null;
        }
    }

    private static IEnumerable<RecordWork> Open<T>(RecordPass pass, Dictionary<string, UpflowInvoiceDecision> decisions)
        where T : UpflowInvoiceDecision => pass.Open.Where(w => decisions.GetValueOrDefault(w.SourceId) is T).ToList();

    private static Task EndInShadowAsync(
        RecordPass pass,
        IReadOnlyList<InvoiceWrite> written,
        IReadOnlyList<(RecordWork Work, string Reason)> removed,
        CancellationToken cancellationToken
    ) =>
        pass.SaveShadowAsync(
            [
                .. written
                    .Select(w =>
                        (
                            w.Work,
                            What: pass[w.Work.SourceId].TargetId is null ? "create the invoice" : "update the invoice"
                        )
                    )
                    .Concat(removed.Select(r => (r.Work, What: "delete the invoice")))
                    .Select(w => pass[w.Work.SourceId].Skip(pass.Now, $"{RecordPass.ShadowMode} would {w.What}.")),
            ],
            cancellationToken
        );

    private static Failure WithoutCustomer(Receivable document) =>
        new(
            FailureClass.Data,
            new Problem(
                "upflow-invoice-without-customer",
                $"{document.Number} names no customer.",
                "Look at the document in Intacct, then retry."
            )
        );
}
