using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Pipeline;

/// <summary>Decides what becomes of each record that could not be carried over.</summary>
public sealed class FailureStage(
    KeyMapStore keyMap,
    ConnectionGuard guard,
    AppCatalog apps,
    FailureReport trouble,
    TimeProvider time
)
{
    /// <summary>
    /// Decides for each failed record and writes the decision into its row, so that state and queue say the same.
    /// </summary>
    internal async Task<Dictionary<string, Disposition>> DecideAsync(
        Connection connection,
        ConnectionAccess access,
        FlowGroup group,
        IReadOnlyDictionary<string, Failure?> failures,
        CancellationToken cancellationToken
    )
    {
        var decided = new Dictionary<string, Disposition>(StringComparer.Ordinal);
        var failed = group.Records.Where(r => failures.GetValueOrDefault(r[0].Envelope.SourceId!) is not null).ToList();
        if (failed.Count == 0)
            return decided;

        if (failures.Values.FirstOrDefault(f => f?.Class == FailureClass.Authentication) is { } refused)
            await guard.StopAsync(connection, access, refused, cancellationToken);

        var now = time.GetUtcNow();
        var entries = await keyMap.GetManyAsync(
            connection.Id,
            group.Flow,
            [.. failed.Select(r => r[0].Envelope.SourceId!)],
            cancellationToken
        );
        var titles = await TitlesAsync(connection, group.Flow, failures, cancellationToken);
        var changed = new List<KeyMapEntry>();
        foreach (var record in failed)
        {
            var envelope = record[0].Envelope;
            var said = failures[envelope.SourceId!]!;
            var failure = said with { Problem = apps.Told(connection, said.Problem.Titled(titles)) };
            var disposition = FailurePolicy.Decide(
                failure,
                envelope.Failures,
                envelope.FirstSeen,
                now,
                Random.Shared.NextDouble()
            );
            decided[envelope.SourceId!] =
                disposition is Disposition.Retry wait && failure.Class == FailureClass.Throttled && record.Count == 1
                    ? wait with
                    {
                        KeepsSnapshot = true,
                    }
                    : disposition;
            RoadTelemetry.Failure(connection.Id, group.Flow.Value, failure.Problem.Code);
            changed.Add(
                Remember(RecordPlan.Asked(entries[envelope.SourceId!], record), disposition, failure, record, now)
            );
        }

        await trouble.TellAsync(connection.Id, group.Flow, entries, changed, cancellationToken);
        var saved = await keyMap.SaveAsync(changed, cancellationToken);
        foreach (var entry in changed.Where(e => !saved.ContainsKey(e.Key.SourceId)))
            decided[entry.Key.SourceId] = new Disposition.Retry(TimeSpan.FromSeconds(1), Failed: false);
        return decided;
    }

    /// <summary>What people call the other records that the failures speak of, by source id.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TitlesAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyDictionary<string, Failure?> failures,
        CancellationToken cancellationToken
    )
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] named =
        [
            .. failures.Values.OfType<Failure>().SelectMany(f => f.Problem.Records).Distinct(StringComparer.Ordinal),
        ];
        if (named.Length == 0)
            return titles;
        foreach (var (id, entry) in await keyMap.GetManyAsync(connection.Id, flow, named, cancellationToken))
        {
            if (entry.Title is { Length: > 0 } title)
                titles[id] = title;
        }

        return titles;
    }

    private static KeyMapEntry Remember(
        KeyMapEntry entry,
        Disposition disposition,
        Failure failure,
        IReadOnlyList<ReceivedEnvelope> record,
        DateTimeOffset now
    ) =>
        disposition switch
        {
            // A person said meanwhile that it is not to be synced.
            _ when entry.Ignored => entry,
            Disposition.NeedsAction needs when failure.NotShown => entry.Need(now, needs.Problem),
            Disposition.NeedsAction needs => entry
                .Need(now, needs.Problem)
                .Handled(record.Select(e => e.Envelope.EventId)),
            Disposition.DeadLetter dead => entry
                .Bury(now, dead.Problem)
                .Handled(record.Select(e => e.Envelope.EventId)),
            _ => entry
                .Wait(now, record.Min(e => e.Envelope.FirstSeen), failure.Problem.Message)
                .Handled(Deletions(entry, record)),
        };

    /// <summary>
    /// Of the envelopes only one goes on, and it need not be the one that told of a deletion. So the row remembers
    /// that; it is looked at all the same, as it waits.
    /// </summary>
    private static IEnumerable<string> Deletions(KeyMapEntry entry, IReadOnlyList<ReceivedEnvelope> record) =>
        entry.WriteBack == WriteBack.Due ? [] : record.Select(e => e.Envelope.EventId).Where(EventIds.IsDeletion);
}
