using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Zuper invoices are booked in Intacct: settle, read, decide, find the customer, end, change, create, write back.
/// </summary>
internal sealed class InvoiceFlow(
    IntentSettler settler,
    ZuperClient zuper,
    InvoiceBooks books,
    InvoiceContexts contexts,
    InvoiceAdoption adoption,
    InvoiceCreates creates,
    IntacctWriter writer,
    SageIdWriteBack writeBack,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<InvoiceFlow> logger
) : IRecordFlow
{
    /// <summary>Shows the id of an invoice that is in the books, and of no other.</summary>
    internal static readonly SageIdField Field = new(ZuperModule.Invoice, InvoiceMapper.SageInvoiceId)
    {
        Applies = static entry => entry.Hash is not (InvoiceHash.Reversed or InvoiceHash.Replaced),
    };

    private readonly ZuperRecords<ZuperInvoice> _reader = new(
        "invoices",
        zuper.GetInvoicesAsync,
        zuper.GetInvoiceAsync
    );

    public FlowName Name => ZuperFlows.Invoices;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(
            batch,
            keyMap,
            time,
            logger,
            pass => RunAsync(new InvoicePass(pass, books), cancellationToken),
            cancellationToken
        );

    private async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var records = pass.Records;
        await settler.SettleAsync(records, pass.Target, cancellationToken);
        await records.LeaveIgnoredAsync(cancellationToken);
        await _reader.ReadAsync(
            records,
            [.. records.Open.Where(w => !w.WriteBackOnly)],
            pass.Invoices,
            static _ => true,
            cancellationToken
        );
        var decisions = records.Decide(
            records.Open.Where(w => !w.WriteBackOnly),
            w =>
                InvoiceDecision.For(
                    records[w.SourceId],
                    pass.Invoices.GetValueOrDefault(w.SourceId),
                    pass.Policy,
                    w.Requested
                )
        );
        await InvoiceConclusion.RunAsync(pass, decisions, cancellationToken);

        var ends = Of<InvoiceDecision.End>(decisions, pass);
        var carrying = Of<InvoiceDecision.CheckSageId>(decisions, pass);
        var drafts = Drafts(decisions, pass);
        var known = await contexts.ReadAsync(pass, drafts, cancellationToken);
        await adoption.RunAsync(pass, carrying, known, cancellationToken);
        var changed = drafts
            .Where(d => decisions[d.Key] is InvoiceDecision.Update)
            .ToDictionary(StringComparer.Ordinal);
        List<PlannedWrite> writes =
        [
            .. await InvoiceReversals.PlanAsync(pass, ends, cancellationToken),
            .. await InvoiceUpdates.PlanAsync(pass, changed, known, cancellationToken),
        ];
        var replaced = await WriteAsync(pass, writes, cancellationToken);
        await creates.RunAsync(
            pass,
            drafts
                .Where(d => decisions[d.Key] is InvoiceDecision.Create || replaced.Contains(d.Key))
                .ToDictionary(StringComparer.Ordinal),
            Renamed(pass, drafts, known, replaced),
            cancellationToken
        );
        await writeBack.RunAsync(records, Field, cancellationToken);
    }

    /// <returns>Those that were reversed to be made anew.</returns>
    private async Task<HashSet<string>> WriteAsync(
        InvoicePass pass,
        List<PlannedWrite> writes,
        CancellationToken cancellationToken
    )
    {
        if (pass.Shadow)
        {
            await pass.Records.SaveShadowAsync(
                [
                    .. writes.Select(w =>
                        pass.Records[w.SourceId]
                            .Skip(pass.Records.Now, $"{RecordPass.ShadowMode} would {w.Operation} the invoice.")
                    ),
                ],
                cancellationToken
            );
            return [];
        }

        var outcomes = await writer.WriteAsync(pass.Batch, pass.Target, writes, cancellationToken);
        pass.Records.Take(outcomes.Values);
        var gone = writes
            .Where(w =>
                w is { Operation: Intent.Reverse, Hash: InvoiceHash.Reversed }
                && outcomes[w.SourceId].Result?.Failure == IntacctFailure.NotFound
            )
            .Select(w => w.SourceId)
            .ToList();
        await InvoiceReversals.NoteGoneAsync(pass, gone, cancellationToken);
        foreach (
            var write in writes.Where(w =>
                w.Operation == Intent.Reverse && !gone.Contains(w.SourceId, StringComparer.Ordinal)
            )
        )
        {
            if (outcomes[write.SourceId].Failure is { Class: FailureClass.Data } refused)
                pass.Fail(
                    write.SourceId,
                    InvoiceReversals.Refused(refused.Problem, pass.Records[write.SourceId].Title)
                );
        }

        return
        [
            .. writes
                .Where(w => w.Hash == InvoiceHash.Replaced && outcomes[w.SourceId].Failure is null)
                .Select(w => w.SourceId),
        ];
    }

    /// <summary>What was reversed keeps its number, so the next one gets another.</summary>
    private static Dictionary<string, InvoiceContext> Renamed(
        InvoicePass pass,
        Dictionary<string, InvoiceDraft> drafts,
        Dictionary<string, InvoiceContext> contexts,
        HashSet<string> replaced
    ) =>
        contexts.ToDictionary(
            c => c.Key,
            c =>
                replaced.Contains(c.Key) && pass.Named(c.Key, drafts[c.Key]) is var (number, externalId)
                    ? c.Value with
                    {
                        Number = number,
                        ExternalId = externalId,
                    }
                    : c.Value,
            StringComparer.Ordinal
        );

    private static Dictionary<string, InvoiceDraft> Drafts(
        Dictionary<string, InvoiceDecision> decisions,
        InvoicePass pass
    )
    {
        var drafts = new Dictionary<string, InvoiceDraft>(StringComparer.Ordinal);
        foreach (var (id, decision) in decisions.Where(d => pass.IsOpen(d.Key)))
        {
            var draft = decision switch
            {
                InvoiceDecision.Create create => create.Draft,
                InvoiceDecision.Update update => update.Draft,
                InvoiceDecision.CheckSageId check => check.Draft,
                _ => null,
            };
            if (draft is not null)
                drafts[id] = draft;
        }

        return drafts;
    }

    private static Dictionary<string, T> Of<T>(Dictionary<string, InvoiceDecision> decisions, InvoicePass pass)
        where T : InvoiceDecision =>
        decisions
            .Where(d => d.Value is T && pass.IsOpen(d.Key))
            .ToDictionary(d => d.Key, d => (T)d.Value, StringComparer.Ordinal);
}
