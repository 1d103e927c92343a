using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Looks in Upflow for invoices that are no longer owed and whose rows do not know of a counterpart, as after the loss
/// of the store: one that stands there would stay open for ever. Asked are those without a row, and those that a person
/// asks for.
/// </summary>
/// <remarks>
/// Where Upflow had no document at all when the first was looked for, every one that it has since was sent from here
/// and has its row. So the first backfill into an empty Upflow looks once; a person who asks for one record has it
/// looked for. A connection that is made anew is another one.
/// </remarks>
public sealed class ShownInvoices(UpflowClient upflow)
{
    /// <summary>One list that is shown empty is no proof.</summary>
    private static readonly UpflowKind[] Kinds = [UpflowKind.Invoice, UpflowKind.CreditNote, UpflowKind.Payment];

    /// <summary>So many answers in a row that are none tell of an outage.</summary>
    private const int MostOdd = 3;

    private readonly ConcurrentDictionary<(ConnectionId, DateTimeOffset), bool> _wasEmpty = new();

    /// <summary>Puts what Upflow shows into the rows. A record that can't be asked about ends.</summary>
    internal async Task FindAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        Failure? refusedFor = null;
        var oddInARow = 0;
        foreach (var work in pass.Open.Where(w => MayBeShown(pass, w, documents)).ToList())
        {
            // The others of the batch would only meet the same limit, or the same outage. One odd answer may be about
            // that invoice alone.
            if (refusedFor is not null)
            {
                pass.Fail(work.SourceId, refusedFor);
                continue;
            }

            try
            {
                if (work.EventIds.Any(EventIds.IsAsked) || !await WasEmptyAsync(pass, work, cancellationToken))
                    await FindAsync(pass, work, cancellationToken);
                oddInARow = 0;
            }
            catch (UpflowException e)
            {
                var failure = Failures.Of(e);
                pass.Fail(work.SourceId, failure);
                if (
                    failure.Class is FailureClass.Throttled or FailureClass.Authentication
                    || e.Failure is UpflowFailure.Unreachable
                    || (failure.Class != FailureClass.Data && ++oddInARow == MostOdd)
                )
                    refusedFor = failure;
            }
        }
    }

    private static bool MayBeShown(
        RecordPass pass,
        RecordWork work,
        IReadOnlyDictionary<string, Receivable> documents
    ) =>
        !work.WriteBackOnly
        && documents.GetValueOrDefault(work.SourceId)
            is not { State: ReceivableState.Reversal or ReceivableState.Posted, Gross: > 0 }
        && pass[work.SourceId] is var entry
        && !UpflowInvoiceDecision.MayStand(entry)
        && InvoiceParts.Of(entry.Parts).ReplacedBy is null
        && (work.Requested || entry.Stored is null);

    private async Task<bool> WasEmptyAsync(RecordPass pass, RecordWork work, CancellationToken cancellationToken)
    {
        var connection = pass.Batch.Connection;
        var key = (connection.Id, connection.CreatedAt);
        if (_wasEmpty.TryGetValue(key, out var wasEmpty))
            return wasEmpty;
        wasEmpty = true;
        foreach (var kind in Kinds)
            wasEmpty =
                wasEmpty
                && await upflow.CountAsync(
                    pass.Batch.Access.Upflow(),
                    kind,
                    UpflowWrites.PriorityOf(work),
                    cancellationToken
                ) == 0;
        return _wasEmpty[key] = wasEmpty;
    }

    private async Task FindAsync(RecordPass pass, RecordWork work, CancellationToken cancellationToken)
    {
        var externalId = Receivable.ExternalIdOf(work.SourceId);
        var read = await upflow.FindAsync(
            pass.Batch.Access.Upflow(),
            UpflowKind.Invoice,
            UpflowReference.OfExternalId(externalId),
            UpflowWrites.PriorityOf(work),
            cancellationToken
        );
        if (read is { } shown)
            pass.Put(
                (
                    pass[work.SourceId] with
                    {
                        TargetId = UpflowReference.TargetIdOf(shown, externalId),
                        NaturalKey = externalId,
                        Adopted = true,
                        Hash = null,
                    }
                ).Note(pass.Now, "found", "Upflow shows an invoice of it that its row did not know.")
            );
    }
}
