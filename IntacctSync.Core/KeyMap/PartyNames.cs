using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>Finds the names of the customers that records concern, as people are shown them.</summary>
public sealed class PartyNames(KeyMapStore keyMap)
{
    /// <summary>
    /// The title of the customer's own record where that is known, else the customer's id; a record that concerns
    /// nobody is left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<SyncKey, string>> NamesAsync(
        ConnectionId connection,
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
            var parties = await keyMap.GetManyAsync(connection, flow, ids, cancellationToken);
            foreach (var (entry, parts) in group)
            {
                if (parties.TryGetValue(parts![1], out var party) && !string.IsNullOrWhiteSpace(party.Title))
                    names[entry.Key] = party.Title;
            }
        }

        return names;
    }
}
