using IntacctSync.Core.Flows;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.SageIds;

/// <summary>Reads a pass's records of one kind back from Zuper, in as few calls as it allows.</summary>
/// <param name="many">Reads many by uid; what it does not bring is not known to Zuper.</param>
/// <param name="one">Reads one by itself.</param>
/// <param name="isOne">Whether a record of the flow, by source id, is of this kind; null where all are.</param>
/// <param name="uidOf">The uid in a source id; null where the source id is the uid.</param>
public sealed class ZuperRecords<T>(
    Func<
        ZuperAccount,
        IReadOnlyCollection<string>,
        RequestPriority,
        CancellationToken,
        Task<IReadOnlyDictionary<string, T>>
    > many,
    Func<ZuperAccount, string, RequestPriority, CancellationToken, Task<T?>> one,
    Func<string, bool>? isOne = null,
    Func<string, string>? uidOf = null
)
    where T : ZuperRecord
{
    private const string Kind = "";

    /// <summary>
    /// Reads records of the pass. One that can't be read ends, and so does one that Zuper does not show, until it may
    /// be taken for deleted (<see cref="AbsenceVerdict"/>).
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="wanted">Those among them to be read.</param>
    /// <param name="records">Filled by source id; one that is taken for deleted is not in it.</param>
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

        await AbsentRecords
            .OfApp(pass)
            .JudgeAsync(
                wanted,
                records.ContainsKey,
                id => isOne is null || isOne(id) ? Kind : null,
                (others, token) => ShowsAnyAsync(pass, others, token),
                mayStand: null,
                cancellationToken
            );
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

    /// <summary>Where even that can't be read, nothing is known.</summary>
    private async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var uids = sourceIds.Select(Uid).ToList();
            return (await many(pass.Batch.Access.Zuper(), uids, RequestPriority.Live, cancellationToken)).Count > 0;
        }
        catch (ZuperPartialReadException<T> e)
        {
            return e.Found.Count > 0;
        }
        catch (ZuperException)
        {
            return false;
        }
    }

    private string Uid(string sourceId) => uidOf?.Invoke(sourceId) ?? sourceId;
}
