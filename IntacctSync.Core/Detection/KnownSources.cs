using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Finds the source ids under which records are kept. Where ids in another case are the same record, the row may be
/// under any of them: a former program kept them as they came.
/// </summary>
public sealed class KnownSources(KeyMapStore keyMap)
{
    public async Task<string> FindAsync(
        Connection connection,
        FlowName flow,
        string id,
        CancellationToken cancellationToken
    ) => (await FindAsync(connection, flow, [id], cancellationToken))[id];

    /// <returns>For each id the one that has a row; where none has, the one that a new row gets.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var profile = connection.Settings.Profile;
        var forms = ids.Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, id => FormsOf(profile, flow, id), StringComparer.Ordinal);
        string[] read = [.. forms.Values.Where(f => f.Length > 1).SelectMany(f => f).Distinct(StringComparer.Ordinal)];
        var rows =
            read.Length == 0
                ? new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal)
                : await keyMap.GetManyAsync(connection.Id, flow, read, cancellationToken);
        return forms.ToDictionary(
            f => f.Key,
            f => f.Value.FirstOrDefault(id => rows.GetValueOrDefault(id)?.Stored is not null) ?? f.Value[0],
            StringComparer.Ordinal
        );
    }

    /// <summary>What the record may be kept under, what a new row gets first.</summary>
    private static string[] FormsOf(IAppProfile profile, FlowName flow, string id)
    {
        var (own, capitals) = (profile.SourceId(flow, id), id.ToUpperInvariant());
        return profile.SourceId(flow, capitals) == own
            ? [.. new[] { own, id, capitals }.Distinct(StringComparer.Ordinal)]
            : [own];
    }
}
