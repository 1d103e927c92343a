using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// Asks Upflow for single records by their external ids, where the rows of a pass know of no counterpart: what stands
/// there under such an id is shown.
/// </summary>
/// <remarks>
/// Where Upflow had nothing at all when the first was looked for, what it has within a day was sent from here and has
/// its row. So the first backfill into an empty Upflow looks once. A record that a person asks for, or that was handled
/// before, is looked for each time. A connection that is made anew is another one.
/// </remarks>
public sealed class ShownRecords(UpflowClient upflow)
{
    /// <summary>How long nobody else is taken to fill an organisation that was empty.</summary>
    private static readonly TimeSpan EmptyFor = TimeSpan.FromDays(1);

    /// <summary>One list that is shown empty is no proof.</summary>
    private static readonly UpflowKind[] Documents = [UpflowKind.Invoice, UpflowKind.CreditNote, UpflowKind.Payment];

    /// <summary>So many answers in a row that are none tell of an outage.</summary>
    private const int MostOdd = 3;

    /// <summary>When a connection first looked for a kind and found nothing at all; null where there was
    /// something.</summary>
    private readonly ConcurrentDictionary<(ConnectionId, DateTimeOffset, UpflowKind), DateTimeOffset?> _emptyAt = new();

    /// <summary>Those that Upflow shows, by source id. A record that can't be asked about ends.</summary>
    /// <param name="pass">The pass that they are on.</param>
    /// <param name="kind">What they are: customers or invoices, of which one can be read by itself.</param>
    /// <param name="asked">Each with its external id.</param>
    /// <param name="cancellationToken">Stops before the next.</param>
    internal async Task<IReadOnlyDictionary<string, UpflowRead>> FindAsync(
        RecordPass pass,
        UpflowKind kind,
        IReadOnlyList<(RecordWork Work, string ExternalId)> asked,
        CancellationToken cancellationToken
    )
    {
        var shown = new Dictionary<string, UpflowRead>(StringComparer.Ordinal);
        Failure? refusedFor = null;
        var oddInARow = 0;
        foreach (var (work, externalId) in asked)
        {
            // The others of the batch would only meet the same limit, or the same outage. One odd answer may be about
            // that record alone.
            if (refusedFor is not null)
            {
                pass.Fail(work.SourceId, refusedFor);
                continue;
            }

            try
            {
                if (
                    (
                        !pass[work.SourceId].IsUntouched
                        || work.EventIds.Any(EventIds.IsAsked)
                        || !await WasEmptyAsync(work)
                    ) && await FindAsync(externalId, work) is { } read
                )
                    shown[work.SourceId] = read;
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

        return shown;

        Task<UpflowRead?> FindAsync(string externalId, RecordWork work) =>
            upflow.FindAsync(
                pass.Batch.Access.Upflow(),
                kind,
                UpflowReference.OfExternalId(externalId),
                UpflowWrites.PriorityOf(work),
                cancellationToken
            );

        async Task<bool> WasEmptyAsync(RecordWork work)
        {
            var connection = pass.Batch.Connection;
            var key = (connection.Id, connection.CreatedAt, kind);
            if (_emptyAt.TryGetValue(key, out var emptyAt))
                return NotedTimes.IsWithin(EmptyFor, emptyAt, pass.Now);
            var wasEmpty = true;
            foreach (var list in Documents.Prepend(kind).Distinct())
                wasEmpty =
                    wasEmpty
                    && await upflow.CountAsync(
                        pass.Batch.Access.Upflow(),
                        list,
                        UpflowWrites.PriorityOf(work),
                        cancellationToken
                    ) == 0;
            _emptyAt[key] = wasEmpty ? pass.Now : null;
            return wasEmpty;
        }
    }
}
