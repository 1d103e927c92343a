using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Makes the key map anew from both systems, as after the loss of the store: a record that shows the id of its other
/// half is linked to it, where the two are surely one (<see cref="ShownPairs"/>). Whether both are equal nobody has
/// compared, so each is put on the queue as if a person asked for it, but for those of a flow whose adoption writes:
/// what people have changed there would be overwritten. The rest is told, stays unlinked, and is looked at by its flow,
/// which adopts it or asks.
/// </summary>
public sealed class Rebuild(
    AppCatalog apps,
    ConnectionAccessSource access,
    KeyMapStore keyMap,
    CounterpartLinks links,
    LeasedReading turn,
    LongRuns runs,
    IEnvelopeQueue queue,
    IIdSource ids,
    TimeProvider time
)
{
    private const int MostTold = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    /// <summary>Whether any record of the connection is known, so that a rebuild would replace it.</summary>
    public async Task<bool> WouldReplaceAsync(Connection connection, CancellationToken cancellationToken)
    {
        foreach (var flow in connection.Settings.Profile.Flows)
        {
            if ((await keyMap.SomeSyncedAsync(connection.Id, flow.Name, _ => true, 1, cancellationToken)).Count > 0)
                return true;
        }

        return false;
    }

    /// <returns>The run; or the one that is under way, and true.</returns>
    public Task<(Run Run, bool UnderWay)> StartAsync(Connection connection, CancellationToken cancellationToken) =>
        runs.StartAsync(
            connection.Id,
            RunKinds.Rebuild,
            null,
            RunReach.None,
            (progress, token) => RunGuard.TellingAsync(() => RunAsync(connection, progress, token)),
            cancellationToken
        );

    private async Task<string> RunAsync(
        Connection connection,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var purpose = TransactionPurpose.Enter(RunKinds.Rebuild);
        var scope = new ComparedScope(connection, await access.GetAsync(connection, cancellationToken));
        var (flows, limits) = (new List<object>(), new LimitPatience(progress.WaitAsync));
        foreach (var comparison in apps.Of(connection).Comparisons.Where(c => connection.Settings.Syncs(c.Flow)))
        {
            var (linked, left) = await LinkAsync(comparison, scope, limits, progress, cancellationToken);
            flows.Add(
                new
                {
                    flow = comparison.Flow.Value,
                    linked,
                    notLinked = left.Count,
                    firstNotLinked = left.Take(MostTold),
                }
            );
        }

        return JsonSerializer.Serialize(new { flows }, PreviewReport.Json);
    }

    /// <returns>How many were linked, and those that were not though an id is shown.</returns>
    private async Task<(int Linked, IReadOnlyList<LeftRecord> Left)> LinkAsync(
        IFlowComparison comparison,
        ComparedScope scope,
        LimitPatience limits,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        var pairs = new ShownPairs(comparison);
        await EachAsync(
            comparison.TargetAsync(scope, cancellationToken),
            scope,
            limits,
            pairs.AddTargets,
            cancellationToken
        );
        await EachAsync(
            comparison.SourceAsync(scope, cancellationToken),
            scope,
            limits,
            pairs.AddSources,
            cancellationToken
        );
        var count = 0;
        foreach (var some in pairs.Clear().Chunk(100))
        {
            var free = await FreeAsync(comparison.Flow, scope.Connection, some, pairs, cancellationToken);
            count += await SaveAsync(comparison.Flow, scope.Connection, free, cancellationToken);
            await progress.AddAsync(some.Length, some.Length);
        }

        await SendForAsync(comparison.Flow, scope.Connection, pairs.Left, cancellationToken);
        return (count, pairs.Left);
    }

    /// <summary>Those whose counterpart belongs to no other record of any connection to the company.</summary>
    private async Task<IReadOnlyList<ShownPair>> FreeAsync(
        FlowName flow,
        Connection connection,
        IReadOnlyCollection<ShownPair> some,
        ShownPairs pairs,
        CancellationToken cancellationToken
    )
    {
        var owners = await links.FindAsync(connection, flow, [.. some.Select(p => p.Target)], cancellationToken);
        var free = new List<ShownPair>();
        foreach (var pair in some)
        {
            if (owners.GetValueOrDefault(pair.Target.ToUpperInvariant()) is { } owner && owner != pair.Source)
                pairs.Leave(pair, $"{pair.Target} is linked to the record {owner}");
            else
                free.Add(pair);
        }

        return free;
    }

    /// <summary>
    /// Has the flow look at those that were left: it adopts what is good and asks about the rest. A flow whose adoption
    /// writes is left alone.
    /// </summary>
    private async Task SendForAsync(
        FlowName flow,
        Connection connection,
        IReadOnlyList<LeftRecord> left,
        CancellationToken cancellationToken
    )
    {
        if (left.Count == 0 || AdoptionWrites(connection, flow))
            return;
        var now = time.GetUtcNow();
        await queue.SendRecordsAsync(
            connection.Company,
            left.Select(l => new RecordEvent(new SyncKey(connection.Id, flow, l.SourceId), EventIds.CauseAsked(ids))
            {
                NotBefore = now + Ahead,
            }),
            now,
            cancellationToken
        );
    }

    private static bool AdoptionWrites(Connection connection, FlowName flow) =>
        connection.Settings.Profile.Flows.Single(f => f.Name == flow).AdoptionWrites;

    private async Task<int> SaveAsync(
        FlowName flow,
        Connection connection,
        IReadOnlyCollection<ShownPair> pairs,
        CancellationToken cancellationToken
    )
    {
        var entries = await keyMap.GetManyAsync(
            connection.Id,
            flow,
            [.. pairs.Select(p => p.Source)],
            cancellationToken
        );
        var now = time.GetUtcNow();
        var free = pairs.Where(p => entries[p.Source] is { Intent: null, Ignored: false });
        if (AdoptionWrites(connection, flow))
        {
            var rested = free.Where(p =>
                    !string.Equals(entries[p.Source].TargetId, p.Target, StringComparison.OrdinalIgnoreCase)
                )
                .Select(p => Linked(entries[p.Source], p.Title, p.Target, now))
                .Select(e =>
                    (e with { Requested = false }).Sync(
                        now,
                        "rebuilt",
                        "It stays as it is until it changes at its source."
                    )
                )
                .ToList();
            return (await keyMap.SaveAsync(rested, cancellationToken)).Count;
        }

        var linked = free.Select(p => Linked(entries[p.Source], p.Title, p.Target, now)).ToList();

        // An envelope too many does no harm; a row that waits for one that was never sent would wait for ever.
        await queue.SendRecordsAsync(
            connection.Company,
            linked.Select(e => new RecordEvent(e.Key, EventIds.CauseAsked(ids))
            {
                Requested = true,
                NotBefore = now + Ahead,
            }),
            now,
            cancellationToken
        );
        return (await keyMap.SaveAsync(linked, cancellationToken)).Count;
    }

    /// <summary>What is known of a record that was linked to the same counterpart is kept.</summary>
    private static KeyMapEntry Linked(KeyMapEntry entry, string title, string target, DateTimeOffset now) =>
        (
            (
                string.Equals(entry.TargetId, target, StringComparison.OrdinalIgnoreCase)
                    ? entry
                    : entry with
                    {
                        TargetId = target,
                        Hash = null,
                        Fingerprints = null,
                        NaturalKey = null,
                        Adopted = true,
                        WriteBack = WriteBack.Done,
                    }
            ) with
            {
                Title = title.Length > 0 ? title : entry.Title,
                Requested = true,
            }
        ).Wait(now, now, $"Linked to {target}, whose id both sides showed; it is looked at now.");

    private async Task EachAsync(
        IAsyncEnumerable<IReadOnlyList<ComparedRecord>> pages,
        ComparedScope scope,
        LimitPatience limits,
        Action<IReadOnlyList<ComparedRecord>> take,
        CancellationToken cancellationToken
    )
    {
        await using var each = pages.GetAsyncEnumerator(cancellationToken);
        while (
            await turn.PatientlyAsync(
                scope.Connection.Company,
                Patience,
                limits,
                async () => await each.MoveNextAsync(),
                cancellationToken
            )
        )
            take(each.Current);
    }
}
