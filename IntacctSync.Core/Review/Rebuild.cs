using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Makes the key map anew from both systems, as after the loss of the store: a record that shows the id of its other
/// half is linked to it, if that exists and no other record shows it. Whether both are equal nobody has compared, so
/// each is put on the queue as if a person asked for it, but for those of a flow whose adoption writes: what people
/// have changed there would be overwritten. What can't be told so is found by the flows themselves when the record
/// comes next.
/// </summary>
public sealed class Rebuild(
    AppCatalog apps,
    ConnectionAccessSource access,
    KeyMapStore keyMap,
    LeasedReading turn,
    LongRuns runs,
    IEnvelopeQueue queue,
    IIdSource ids,
    TimeProvider time
)
{
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
        var flows = new List<object>();
        foreach (var comparison in apps.Of(connection).Comparisons.Where(c => connection.Settings.Syncs(c.Flow)))
        {
            var linked = await LinkAsync(comparison, scope, progress, cancellationToken);
            flows.Add(new { flow = comparison.Flow.Value, linked });
        }

        return JsonSerializer.Serialize(new { flows }, PreviewReport.Json);
    }

    private async Task<int> LinkAsync(
        IFlowComparison comparison,
        ComparedScope scope,
        RunProgress progress,
        CancellationToken cancellationToken
    )
    {
        var targets = new Dictionary<string, (string Id, string? Shows)>(StringComparer.OrdinalIgnoreCase);
        await EachAsync(
            comparison.TargetAsync(scope, cancellationToken),
            scope,
            records =>
            {
                foreach (var target in records)
                    targets[target.Id] = (target.Id, target.Shows);
            },
            cancellationToken
        );
        var pairs = new List<(string Source, string Title, string Target)>();
        var bySource = targets
            .Values.Where(t => t.Shows is not null)
            .GroupBy(t => t.Shows!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Select(t => t.Id).ToList(), StringComparer.OrdinalIgnoreCase);
        await EachAsync(
            comparison.SourceAsync(scope, cancellationToken),
            scope,
            records =>
            {
                foreach (var source in records)
                {
                    if (source.Shows is { } shown && targets.TryGetValue(shown, out var target))
                        pairs.Add((source.Id, source.Title, target.Id));
                    else if (bySource.GetValueOrDefault(source.Id) is [var only])
                        pairs.Add((source.Id, source.Title, only));
                }
            },
            cancellationToken
        );

        // A copied record shows the id of the one that it was copied from: a person must tell which of them it is.
        var clear = pairs
            .GroupBy(p => p.Target, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() == 1)
            .Select(g => g.Single())
            .ToList();
        var count = 0;
        foreach (var some in clear.Chunk(100))
        {
            count += await SaveAsync(comparison.Flow, scope.Connection, some, cancellationToken);
            await progress.AddAsync(some.Length, some.Length);
        }

        return count;
    }

    private async Task<int> SaveAsync(
        FlowName flow,
        Connection connection,
        IReadOnlyCollection<(string Source, string Title, string Target)> pairs,
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
        if (connection.Settings.Profile.Flows.Single(f => f.Name == flow).AdoptionWrites)
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
        Action<IReadOnlyList<ComparedRecord>> take,
        CancellationToken cancellationToken
    )
    {
        await using var each = pages.GetAsyncEnumerator(cancellationToken);
        while (
            await turn.WithAsync(
                scope.Connection.Company,
                Patience,
                async () => await each.MoveNextAsync(),
                cancellationToken
            )
        )
            take(each.Current);
    }
}
