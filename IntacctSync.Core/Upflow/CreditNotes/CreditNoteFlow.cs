using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Upflow.CreditNotes;

/// <summary>
/// Credit memos and negative invoices of Intacct become credit notes in Upflow; the reversal of an invoice becomes one
/// of its amount, linked, so that the invoice is settled.
/// </summary>
public sealed class CreditNoteFlow(
    CreditReader reader,
    UpflowFieldCatalog fields,
    StandingChanges changes,
    ShownStandings shown,
    AppWriter writer,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<CreditNoteFlow> logger
) : IRecordFlow
{
    public FlowName Name => UpflowFlows.CreditNotes;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, UpflowWrites.App, UpflowWrites.SettleAfter, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var facts = await FactsAsync(pass, cancellationToken);
        await shown.FindAsync(pass, Unknown(pass, facts), UpflowKind.CreditNote, cancellationToken);
        var startDate = pass.Batch.Connection.FirstDay();
        var decisions = pass.Decide(
            pass.Open,
            w =>
                CreditDecision.For(
                    Standing.Of(pass[w.SourceId].Parts),
                    facts.GetValueOrDefault(w.SourceId),
                    startDate,
                    w.Requested,
                    w.IsSaidDeleted(pass[w.SourceId])
                )
        );
        var works = await ConcludeAsync(pass, decisions, facts, cancellationToken);
        var awaited = works
            .Select(w => (w.Record.SourceId, Parent: AwaitedOf(facts, w.Record.SourceId)))
            .Where(w => w.Parent is not null)
            .ToDictionary(w => w.SourceId, w => w.Parent!.Value, StringComparer.Ordinal);
        await changes.MakeAsync(pass, works, awaited, cancellationToken);
    }

    /// <summary>Those of which more may stand in Upflow than their rows know.</summary>
    private static List<(RecordWork Work, string ExternalId, string Customer)> Unknown(
        RecordPass pass,
        Dictionary<string, CreditFacts> facts
    ) =>
        [
            .. pass
                .Open.Select(w => (Work: w, Facts: facts.GetValueOrDefault(w.SourceId)))
                .Where(w =>
                    ShownStandings.MayBeShown(
                        pass[w.Work.SourceId],
                        w.Facts is { Total: >= 0, IsReversedInvoice: false } or { Counts: true }
                    )
                )
                .Select(w =>
                    (
                        w.Work,
                        w.Facts?.ExternalId ?? CreditFacts.ExternalIdOf(w.Work.SourceId, false),
                        w.Facts?.Head.CustomerId ?? pass[w.Work.SourceId].Facts?.Party ?? ""
                    )
                ),
        ];

    private static ParentKey? AwaitedOf(Dictionary<string, CreditFacts> facts, string sourceId) =>
        facts.GetValueOrDefault(sourceId)?.Awaited;

    private async Task<Dictionary<string, CreditFacts>> FactsAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var documents = await reader.ReadAsync(pass, cancellationToken);
        var ids = pass.Open.Select(w => w.SourceId).Where(documents.ContainsKey).ToList();
        var known = await KnownCounterparts.ReadAsync(
            keyMap,
            pass.Batch.Connection,
            ids.SelectMany(id =>
                    new[]
                    {
                        new ParentKey(UpflowFlows.Customers, documents[id].CustomerId),
                        new ParentKey(UpflowFlows.Invoices, id),
                    }
                )
                .Where(r => r.SourceId.Length > 0),
            cancellationToken
        );
        var defined = ids.Exists(id => !documents[id].IsInvoice)
            ? await fields.OfAsync(pass.Batch, CustomFieldKind.CreditNote, cancellationToken)
            : [];
        return ids.ToDictionary(
            id => id,
            id =>
                WithFields(
                    pass,
                    new CreditFacts
                    {
                        SourceId = id,
                        Head = documents[id].Head,
                        Net = documents[id].Net,
                        ReversedOn = documents[id].ReversedOn,
                        Known = known,
                        DefaultCurrency = pass.Batch.Connection.Upflow().DefaultCurrency,
                    },
                    documents[id],
                    defined
                ),
            StringComparer.Ordinal
        );
    }

    private static CreditFacts WithFields(
        RecordPass pass,
        CreditFacts facts,
        Receivable document,
        IReadOnlyList<UpflowFieldDefinition> defined
    ) =>
        document.IsInvoice
            ? facts
            : CustomFieldMapper.Map(
                CustomFieldKind.CreditNote,
                pass.Batch.Connection.Upflow().CustomFields,
                document.Row,
                defined
            ) switch
            {
                Mapped<IReadOnlyList<UpflowFieldValue>>.Document d => facts with { CustomFields = d.Value },
                Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected r => facts with { FieldProblem = r.Problem },
                _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
            };

    /// <summary>Ends the credits for which nothing is to be done, and says of the others what is to stand.</summary>
    private static async Task<IReadOnlyList<StandingWork>> ConcludeAsync(
        RecordPass pass,
        Dictionary<string, CreditDecision> decisions,
        Dictionary<string, CreditFacts> facts,
        CancellationToken cancellationToken
    )
    {
        var skipped = new List<KeyMapEntry>();
        var works = new List<StandingWork>();
        foreach (var work in pass.Open.ToList())
        {
            var its = facts.GetValueOrDefault(work.SourceId);
            var entry = pass.Titled(work.SourceId, its?.Title ?? "", null, its?.Shown) with
            {
                WriteBack = WriteBack.None,
            };
            pass.Put(entry);
            switch (decisions[work.SourceId])
            {
                case CreditDecision.Reject reject:
                    pass.Fail(work.SourceId, new Failure(FailureClass.Data, reject.Problem));
                    break;
                case CreditDecision.Skip skip:
                    skipped.Add((entry with { Waits = skip.Waits }).Skip(pass.Now, skip.Reason));
                    break;
                case CreditDecision.Carry carry:
                    works.Add(
                        new StandingWork(
                            pass,
                            work,
                            its?.ExternalId ?? entry.NaturalKey ?? CreditFacts.ExternalIdOf(work.SourceId, false),
                            UpflowKind.CreditNote,
                            its?.Head.CustomerId ?? "",
                            carry.Wanted
                        )
                    );
                    break;
            }
        }

        await pass.SaveFinalAsync(skipped, cancellationToken);
        return works;
    }
}
