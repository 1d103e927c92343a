using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Which records of Zuper have which name and which e-mail address, read as whole lists. Otherwise a first sync would
/// ask Zuper for each of thousands of records, seconds each. The lists are kept for some minutes, and brought up to
/// date by what has changed since whenever they are used.
/// </summary>
public sealed class NamesakeLists(ZuperClient zuper, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>Clocks differ, and a change shows itself a little late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>The end of a window: so late that nothing leaves it while it is read.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(365);

    private readonly ConcurrentDictionary<ConnectionId, HeldList> _kept = new();

    /// <summary>The list of a connection's records, as it is kept or as it is read now.</summary>
    /// <exception cref="ZuperException">A page could not be read.</exception>
    internal async Task<NamesakeList> OfAsync(
        Connection connection,
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        foreach (var old in _kept.Where(k => !NotedTimes.IsWithin(Lasts, k.Value.ReadAt, now)))
            _kept.TryRemove(old);
        var kept = _kept.GetValueOrDefault(connection.Id);
        var updated = kept is null ? null : new ZuperWindow(kept.UpTo - Overlap, now + Ahead);
        var rows = kept is null
            ? new(StringComparer.Ordinal)
            : new Dictionary<string, Row>(kept.Rows, kept.Rows.Comparer);
        await foreach (var page in zuper.ReadAllOrganizationsAsync(account, updated, cancellationToken))
        {
            foreach (var organization in page.Items)
                rows[organization.Uid] = Row.Of(CustomerSource.Of(organization));
        }

        if (connection.Zuper().SyncCustomers)
        {
            await foreach (var page in zuper.ReadAllCustomersAsync(account, updated, cancellationToken))
            {
                foreach (var customer in page.Items)
                {
                    if (customer.OrganizationUid is null)
                        rows[OwnCustomer.SourceId(customer.Uid)] = Row.Of(CustomerSource.Of(customer));
                    else
                        rows.Remove(OwnCustomer.SourceId(customer.Uid));
                }
            }
        }

        _kept[connection.Id] = new HeldList(kept?.ReadAt ?? now, now, rows);
        return new NamesakeList(
            rows.ToLookup(r => r.Value.Name, r => r.Key, StringComparer.Ordinal),
            rows.ToLookup(r => r.Value.Email, r => r.Key, StringComparer.Ordinal)
        );
    }

    private sealed record HeldList(DateTimeOffset ReadAt, DateTimeOffset UpTo, Dictionary<string, Row> Rows);

    private sealed record Row(string Name, string Email)
    {
        public static Row Of(CustomerSource source) =>
            new(
                ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Name)),
                ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Email))
            );
    }
}

/// <summary>Source ids by name and by e-mail address, as keys for comparison.</summary>
internal sealed record NamesakeList(ILookup<string, string> ByName, ILookup<string, string> ByEmail)
{
    public IEnumerable<string> Of(MatchKind kind, string value) =>
        (kind == MatchKind.Email ? ByEmail : ByName)[ComparisonKey.Of(value)];
}
