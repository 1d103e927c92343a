using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>
/// The road once more, over a copy of its memory: its flows read, decide and map as always, and what they would write
/// to another system is noted in place of being sent. All that it did is gone when it is disposed of.
/// </summary>
/// <param name="flows">The flows of that road.</param>
/// <param name="keyMap">Its copy of the key map.</param>
/// <param name="rehearsal">What would have been sent.</param>
/// <param name="time">The clock.</param>
/// <param name="owner">Is disposed of with it.</param>
public sealed class RehearsedRoad(
    IEnumerable<IRecordFlow> flows,
    KeyMapStore keyMap,
    Rehearsal rehearsal,
    TimeProvider time,
    IAsyncDisposable owner
) : IAsyncDisposable
{
    /// <summary>Has some records of a flow carried over, as if each had just changed.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="access">With what the two systems are read.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="sourceIds">Which records.</param>
    /// <param name="requested">Whether a person is taken to ask for them, so that no date leaves one out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How each would end, in their order; those that the connection leaves out are missing.</returns>
    public async Task<IReadOnlyList<RehearsedRecord>> RunAsync(
        Connection connection,
        ConnectionAccess access,
        FlowName flow,
        IReadOnlyCollection<string> sourceIds,
        bool requested,
        CancellationToken cancellationToken
    )
    {
        // In shadow mode a flow stops before it makes the request, and the request is wanted.
        var live = connection with
        {
            Settings = connection.Settings with { Mode = SyncMode.Live },
        };
        var before = await keyMap.GetManyAsync(connection.Id, flow, sourceIds, cancellationToken);
        var now = time.GetUtcNow();
        var works = sourceIds
            .Where(id => live.Settings.Syncs(flow, id))
            .Select(id => new RecordWork(
                before[id] with
                {
                    Requested = requested || before[id].Requested,
                },
                ["rehearsal"],
                now,
                Bulk: true,
                WriteBackOnly: false,
                Requested: requested || before[id].Requested
            ))
            .ToList();
        if (works.Count == 0)
            return [];
        var calls = rehearsal.Calls.Count;
        var failures = await TitledAsync(
            connection,
            flow,
            await RunAsync(flow, new FlowBatch(live, access, works), cancellationToken),
            cancellationToken
        );
        var sent = rehearsal.Calls.Skip(calls).ToList();
        var after = await keyMap.GetManyAsync(
            connection.Id,
            flow,
            [.. works.Select(w => w.SourceId)],
            cancellationToken
        );
        await PutBackAsync(before, after.Values.Where(e => IsNotNow(failures, e)), cancellationToken);
        return
        [
            .. works.Select(w => new RehearsedRecord(
                before[w.SourceId],
                after[w.SourceId],
                failures.GetValueOrDefault(w.SourceId),
                sent
            )),
        ];
    }

    private static bool IsNotNow(IReadOnlyDictionary<string, Failure?> failures, KeyMapEntry entry) =>
        failures.GetValueOrDefault(entry.Key.SourceId) is { NotNow: true };

    /// <summary>
    /// Of a record that could not be told now nothing is kept: rehearsed again it begins as it is, and not with half of
    /// what it would do.
    /// </summary>
    private Task PutBackAsync(
        IReadOnlyDictionary<string, KeyMapEntry> before,
        IEnumerable<KeyMapEntry> after,
        CancellationToken cancellationToken
    ) =>
        keyMap.SaveAsync(
            [
                .. after
                    .Where(e => e.Stored?.ETag != before[e.Key.SourceId].Stored?.ETag)
                    .Select(e => before[e.Key.SourceId] with { Stored = e.Stored }),
            ],
            cancellationToken
        );

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    /// <summary>With what people call the records that the texts speak of, as the road itself says it.</summary>
    private async Task<IReadOnlyDictionary<string, Failure?>> TitledAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyDictionary<string, Failure?> failures,
        CancellationToken cancellationToken
    )
    {
        string[] named =
        [
            .. failures.Values.OfType<Failure>().SelectMany(f => f.Problem.Records).Distinct(StringComparer.Ordinal),
        ];
        if (named.Length == 0)
            return failures;
        var titles = (await keyMap.GetManyAsync(connection.Id, flow, named, cancellationToken))
            .Where(e => e.Value.Title is { Length: > 0 })
            .ToDictionary(e => e.Key, e => e.Value.Title!, StringComparer.Ordinal);
        return failures.ToDictionary(
            f => f.Key,
            f => f.Value is { } failure ? failure with { Problem = failure.Problem.Titled(titles) } : null,
            StringComparer.Ordinal
        );
    }

    private async Task<IReadOnlyDictionary<string, Failure?>> RunAsync(
        FlowName name,
        FlowBatch batch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await flows.First(f => f.Name == name).RunAsync(batch, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var failure = Recoverability.Failures.Of(e);
            return batch.Records.ToDictionary(r => r.SourceId, Failure? (_) => failure, StringComparer.Ordinal);
        }
    }
}

/// <summary>Opens a road of its own for one rehearsal.</summary>
public delegate RehearsedRoad OpenRehearsal();

/// <summary>How a record would end.</summary>
/// <param name="Before">Its row as it is.</param>
/// <param name="After">Its row as it would be.</param>
/// <param name="Failure">What would go wrong; null where nothing.</param>
/// <param name="Calls">What would be sent for it and those beside it.</param>
public sealed record RehearsedRecord(
    KeyMapEntry Before,
    KeyMapEntry After,
    Failure? Failure,
    IReadOnlyList<RehearsedCall> Calls
);
