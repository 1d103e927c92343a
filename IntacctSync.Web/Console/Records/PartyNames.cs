using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Web.Console.Words;

namespace IntacctSync.Web.Console.Records;

/// <summary>Finds the names of the customers that records concern.</summary>
internal sealed class PartyNames(KeyMapStore keyMap)
{
    /// <returns>The names that are known, by record.</returns>
    public async Task<IReadOnlyDictionary<SyncKey, string>> NamesAsync(
        Connection connection,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<SyncKey, string>();
        foreach (var entry in entries.Where(e => e.Facts?.Party is not null))
            names[entry.Key] = entry.Facts!.Party!;
        var ofRecords = entries
            .Select(e => (Entry: e, Parts: e.Facts?.PartyRecord?.Split('/', 2)))
            .Where(p => p.Parts is { Length: 2 })
            .GroupBy(p => p.Parts![0], StringComparer.Ordinal);
        foreach (var group in ofRecords)
        {
            if (!FlowName.TryParse(group.Key, out var flow))
                continue;
            string[] ids = [.. group.Select(p => p.Parts![1]).Distinct(StringComparer.Ordinal)];
            var parties = await keyMap.GetManyAsync(connection.Id, flow, ids, cancellationToken);
            foreach (var (entry, parts) in group)
            {
                if (parties.TryGetValue(parts![1], out var party) && party.Title is not null)
                    names[entry.Key] = Titles.Of(party);
            }
        }

        return names;
    }
}
