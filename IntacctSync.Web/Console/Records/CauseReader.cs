using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Console.Records;

/// <summary>Reads what needs a person, by cause, with some records of each.</summary>
internal sealed class CauseReader(RecordCauses causes, KeyMapStore keyMap, PartyNames parties)
{
    /// <param name="connection">Whose records.</param>
    /// <param name="examples">How many records of each cause, the newest first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The causes, that with the newest record first.</returns>
    public async Task<IReadOnlyList<CauseView>> ReadAsync(
        Connection connection,
        int examples,
        CancellationToken cancellationToken
    )
    {
        var views = new List<CauseView>();
        foreach (var flow in connection.Settings.Profile.Flows.Select(f => f.Name))
        {
            var found = await causes.ReadAsync(connection.Id, flow, examples, cancellationToken);
            string[] ids = [.. found.SelectMany(c => c.Newest)];
            var entries =
                ids.Length == 0
                    ? new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal)
                    : await keyMap.GetManyAsync(connection.Id, flow, ids, cancellationToken);
            var names = await parties.NamesAsync(connection.Id, [.. entries.Values], cancellationToken);
            views.AddRange(found.Select(c => View(flow, c, entries, names)).OfType<CauseView>());
        }

        return [.. views.OrderByDescending(v => v.NewestAt).ThenBy(v => v.Code, StringComparer.Ordinal)];
    }

    /// <returns>Null where all of them were mended since the causes were read.</returns>
    private static CauseView? View(
        FlowName flow,
        RecordCause cause,
        IReadOnlyDictionary<string, KeyMapEntry> entries,
        IReadOnlyDictionary<SyncKey, string> parties
    )
    {
        List<KeyMapEntry> still =
        [
            .. cause
                .Newest.Select(id => entries.GetValueOrDefault(id))
                .OfType<KeyMapEntry>()
                .Where(e => e.Problem?.Code == cause.Code),
        ];
        return still.Count == 0 ? null : new CauseView(flow, cause.Code, cause.Count, cause.NewestAt, still, parties);
    }
}

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
