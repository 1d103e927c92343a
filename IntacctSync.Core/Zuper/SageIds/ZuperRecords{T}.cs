using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.SageIds;

/// <summary>Reads a pass's records of one kind back from Zuper, in as few calls as it allows.</summary>
/// <param name="plural">What a person calls them.</param>
/// <param name="many">Reads many by uid; what it does not bring is not known to Zuper.</param>
/// <param name="one">Reads one by itself.</param>
/// <param name="uidOf">The uid in a source id; null where the source id is the uid.</param>
public sealed class ZuperRecords<T>(
    string plural,
    Func<
        ZuperAccount,
        IReadOnlyCollection<string>,
        RequestPriority,
        CancellationToken,
        Task<IReadOnlyDictionary<string, T>>
    > many,
    Func<ZuperAccount, string, RequestPriority, CancellationToken, Task<T?>> one,
    Func<string, string>? uidOf = null
)
    where T : ZuperRecord
{
    /// <summary>From how many on records that are gone together are doubted.</summary>
    private const int ManyGone = 5;

    /// <summary>Reads records of the pass; one that can't be read ends.</summary>
    /// <param name="pass">The records.</param>
    /// <param name="wanted">Those among them to be read.</param>
    /// <param name="records">Filled by source id; one that Zuper does not know is not in it.</param>
    /// <param name="needsWhole">Whether a record, by its source id, is of no use as the row of a list that leaves out
    /// what the details have.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ReadAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> wanted,
        IDictionary<string, T> records,
        Func<string, bool> needsWhole,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Count == 0)
            return;
        var priority = wanted.All(w => w.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;
        var found = await FindAsync(pass, wanted, priority, cancellationToken);
        foreach (var work in wanted)
        {
            if (!found.TryGetValue(Uid(work.SourceId), out var record))
                continue;
            var whole =
                record.IsWhole || !needsWhole(work.SourceId)
                    ? record
                    : await WholeAsync(pass, work.SourceId, priority, cancellationToken);
            if (whole is not null)
                records[work.SourceId] = whole;
        }

        DoubtMissing(pass, wanted, records);
    }

    private async Task<IReadOnlyDictionary<string, T>> FindAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> wanted,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await many(
                pass.Batch.Access.Zuper(),
                [.. wanted.Select(w => Uid(w.SourceId))],
                priority,
                cancellationToken
            );
        }
        catch (ZuperPartialReadException<T> e)
        {
            // What was read goes on; the rest is neither found nor missing.
            foreach (
                var work in wanted.Where(w =>
                    !e.Found.ContainsKey(Uid(w.SourceId)) && !e.Missing.Contains(Uid(w.SourceId))
                )
            )
                pass.Fail(work.SourceId, Recoverability.Failures.Of(e.CauseOf(Uid(work.SourceId))));
            return e.Found;
        }
    }

    /// <summary>The record by itself; null when it has gone meanwhile, or can't be read, and then it ends.</summary>
    private async Task<T?> WholeAsync(
        RecordPass pass,
        string sourceId,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await one(pass.Batch.Access.Zuper(), Uid(sourceId), priority, cancellationToken);
        }
        catch (ZuperException e)
        {
            pass.Fail(sourceId, Recoverability.Failures.Of(e));
            return null;
        }
    }

    /// <summary>
    /// Deleted records are still there to be read. When many that are linked are gone and none is there, it is rather
    /// the account that was changed: nothing is taken out of use for that.
    /// </summary>
    private void DoubtMissing(RecordPass pass, IReadOnlyList<RecordWork> wanted, IDictionary<string, T> records)
    {
        var open = pass.Open.Select(w => w.SourceId).ToHashSet(StringComparer.Ordinal);
        var gone = wanted
            .Where(w =>
                open.Contains(w.SourceId) && pass[w.SourceId].TargetId is not null && !records.ContainsKey(w.SourceId)
            )
            .ToList();
        if (gone.Count < ManyGone || gone.Count < wanted.Count)
            return;
        foreach (var work in gone)
        {
            pass.Fail(
                work.SourceId,
                new Failure(
                    FailureClass.Data,
                    new Problem(
                        "zuper-records-missing",
                        $"None of {gone.Count} linked {plural} that were asked for is known to Zuper.",
                        "Check that the connection's Zuper account is still the one that these records came "
                            + "from, then retry."
                    )
                )
            );
        }
    }

    private string Uid(string sourceId) => uidOf?.Invoke(sourceId) ?? sourceId;
}
