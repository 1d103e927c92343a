using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Console.Records;

/// <summary>Reads what needs a person, by cause, with some records of each.</summary>
internal sealed class CauseReader(RecordCauses causes, KeyMapStore keyMap, PartyNames parties)
{
    /// <summary>The causes, that with the newest record first.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="examples">How many records of each cause are named, the newest first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<FlowCause>> ListAsync(
        Connection connection,
        int examples,
        CancellationToken cancellationToken
    )
    {
        var found = new List<FlowCause>();
        foreach (var flow in connection.Settings.Profile.Flows.Select(f => f.Name))
            found.AddRange(
                (await causes.ReadAsync(connection.Id, flow, examples, cancellationToken)).Select(c => new FlowCause(
                    flow,
                    c
                ))
            );
        return [.. found.OrderByDescending(c => c.Cause.NewestAt).ThenBy(c => c.Cause.Code, StringComparer.Ordinal)];
    }

    /// <summary>The first causes, with a record of each.</summary>
    public async Task<IReadOnlyList<CauseView>> FirstAsync(
        Connection connection,
        int most,
        CancellationToken cancellationToken
    ) =>
        await ReadAsync(
            connection,
            [.. (await ListAsync(connection, 1, cancellationToken)).Take(most)],
            1,
            cancellationToken
        );

    /// <summary>Some causes with some records of each.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="listed">The causes.</param>
    /// <param name="examples">How many records of each; at most as many as were named.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>In the order given, without those whose records were all mended meanwhile.</returns>
    public async Task<IReadOnlyList<CauseView>> ReadAsync(
        Connection connection,
        IReadOnlyList<FlowCause> listed,
        int examples,
        CancellationToken cancellationToken
    )
    {
        var views = new Dictionary<FlowCause, CauseView>();
        foreach (var ofFlow in listed.GroupBy(c => c.Flow))
        {
            var flow = ofFlow.Key;
            string[] ids = [.. ofFlow.SelectMany(c => c.Cause.Newest.Take(examples))];
            var entries =
                ids.Length == 0
                    ? new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal)
                    : await keyMap.GetManyAsync(connection.Id, flow, ids, cancellationToken);
            var names = await parties.NamesAsync(connection.Id, [.. entries.Values], cancellationToken);
            foreach (var cause in ofFlow)
            {
                if (View(flow, cause.Cause, examples, entries, names) is { } view)
                    views[cause] = view;
            }
        }

        return [.. listed.Select(c => views.GetValueOrDefault(c)).OfType<CauseView>()];
    }

    /// <returns>Null where all of them were mended since the causes were read.</returns>
    private static CauseView? View(
        FlowName flow,
        RecordCause cause,
        int examples,
        IReadOnlyDictionary<string, KeyMapEntry> entries,
        IReadOnlyDictionary<SyncKey, string> parties
    )
    {
        List<KeyMapEntry> still =
        [
            .. cause
                .Newest.Take(examples)
                .Select(id => entries.GetValueOrDefault(id))
                .OfType<KeyMapEntry>()
                .Where(e => e.Problem?.Code == cause.Code),
        ];
        return still.Count == 0 ? null : new CauseView(flow, cause.Code, cause.Count, cause.NewestAt, still, parties);
    }
}

/// <summary>A cause, and the flow whose records have it.</summary>
public sealed record FlowCause(FlowName Flow, RecordCause Cause);

/// <summary>What records of a flow have in common that need a person.</summary>
/// <param name="Flow">Their flow.</param>
/// <param name="Code">The problem's code.</param>
/// <param name="Count">How many there are.</param>
/// <param name="NewestAt">When the newest one came to need a person; null where that is not known.</param>
/// <param name="Records">Some of them, newest first; at least one.</param>
/// <param name="Parties">Their customers' names, by record.</param>
public sealed record CauseView(
    FlowName Flow,
    string Code,
    int Count,
    DateTimeOffset? NewestAt,
    IReadOnlyList<KeyMapEntry> Records,
    IReadOnlyDictionary<SyncKey, string> Parties
)
{
    public Problem Example => Records[0].Problem!;

    /// <summary>Whether one fix is right for all that are shown.</summary>
    public bool HasOneFix => Records.All(r => r.Problem!.Fix == Example.Fix);
}
