using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Which records of Zuper have which name and which e-mail address, read as whole lists. Otherwise a first sync would
/// ask Zuper for each of thousands of records, seconds each. The lists are kept for some minutes; what Zuper makes
/// meanwhile is met by its own pass, which finds the customer taken.
/// </summary>
public sealed class NamesakeLists(ZuperClient zuper, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ConnectionId, (DateTimeOffset At, NamesakeList List)> _kept = new();

    /// <summary>The list of a connection's records, as it is kept or as it is read now.</summary>
    /// <exception cref="ZuperException">A page could not be read.</exception>
    internal async Task<NamesakeList> OfAsync(
        Connection connection,
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
        foreach (var old in _kept.Where(k => !NotedTimes.IsWithin(Lasts, k.Value.At, time.GetUtcNow())))
            _kept.TryRemove(old);
        if (_kept.TryGetValue(connection.Id, out var kept))
            return kept.List;
        var rows = new List<(string SourceId, string Name, string Email)>();
        await foreach (var page in zuper.ReadAllOrganizationsAsync(account, cancellationToken))
            rows.AddRange(page.Items.Select(o => Row(o.Uid, CustomerSource.Of(o))));
        if (connection.Zuper().SyncCustomers)
        {
            await foreach (var page in zuper.ReadAllCustomersAsync(account, cancellationToken))
                rows.AddRange(
                    page.Items.Where(c => c.OrganizationUid is null)
                        .Select(c => Row(OwnCustomer.SourceId(c.Uid), CustomerSource.Of(c)))
                );
        }

        var list = new NamesakeList(
            rows.ToLookup(r => r.Name, r => r.SourceId, StringComparer.Ordinal),
            rows.ToLookup(r => r.Email, r => r.SourceId, StringComparer.Ordinal)
        );
        _kept[connection.Id] = (time.GetUtcNow(), list);
        return list;
    }

    private static (string SourceId, string Name, string Email) Row(string sourceId, CustomerSource source) =>
        (
            sourceId,
            ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Name)),
            ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Email))
        );
}

/// <summary>Source ids by name and by e-mail address, as keys for comparison.</summary>
internal sealed record NamesakeList(ILookup<string, string> ByName, ILookup<string, string> ByEmail)
{
    public IEnumerable<string> Of(MatchKind kind, string value) =>
        (kind == MatchKind.Email ? ByEmail : ByName)[ComparisonKey.Of(value)];
}
