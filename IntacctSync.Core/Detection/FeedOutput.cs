using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Sends an envelope for each found record that says something new, and counts the records for the runs that wait.
/// </summary>
public sealed class FeedOutput(KeyMapStore keyMap, IEnvelopeQueue queue, RunStore runs)
{
    /// <summary>The same of records of which each is found once.</summary>
    internal Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<Envelope> found,
        Func<Envelope, KeyMapEntry, bool> isNew,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            connection,
            flow,
            found,
            isNew,
            runIds,
            new Dictionary<string, bool>(StringComparer.Ordinal),
            cancellationToken
        );

    /// <summary>When it returns, what was sent is durable.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="found">An envelope for each record that was found.</param>
    /// <param name="isNew">Whether a found record says more than its row knows.</param>
    /// <param name="runIds">The runs that wait for it.</param>
    /// <param name="counted">The records that the runs count already, and whether each was sent; this adds to them. A
    /// record that several objects show, as a payment and its details do, counts once.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    internal async Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<Envelope> found,
        Func<Envelope, KeyMapEntry, bool> isNew,
        IReadOnlyList<string> runIds,
        Dictionary<string, bool> counted,
        CancellationToken cancellationToken
    )
    {
        if (found.Count == 0)
            return;
        var entries = await keyMap.GetManyAsync(
            connection.Id,
            flow,
            [.. found.Select(f => f.SourceId!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var known = 0;
        var fresh = new List<Envelope>();
        foreach (var envelope in found)
        {
            if (!isNew(envelope, entries[envelope.SourceId!]))
                known += counted.TryAdd(envelope.SourceId!, false) ? 1 : 0;
            else if (counted.GetValueOrDefault(envelope.SourceId!))
                fresh.Add(envelope with { RunId = null });
            else
                fresh.Add(envelope);
        }

        IReadOnlyList<SendOutcome> outcomes =
            fresh.Count == 0
                ? []
                : await queue.SendAsync([.. fresh.Select(f => new OutgoingEnvelope(f))], cancellationToken);
        var sent = fresh.Where((f, i) => f.RunId is not null && outcomes[i] == SendOutcome.Accepted).ToList();
        foreach (var envelope in sent)
            counted[envelope.SourceId!] = true;
        for (var i = 0; i < runIds.Count; i++)
        {
            // An envelope counts for one run only. The other runs that joined the same sweep count its record as done
            // when it is found.
            var done = known + (i == 0 ? 0 : sent.Count);
            await runs.ChangeAsync(
                connection.Id,
                runIds[i],
                r => r with { Found = r.Found + known + sent.Count, Done = r.Done + done },
                cancellationToken
            );
        }
    }

    /// <summary>Nothing more will be found for these runs.</summary>
    internal async Task EndAsync(
        ConnectionId connection,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var runId in runIds)
            await runs.ChangeAsync(connection, runId, r => r with { Detected = true }, cancellationToken);
    }
}
