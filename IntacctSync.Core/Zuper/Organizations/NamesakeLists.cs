using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Which records of Zuper have which name and which e-mail address, read as whole lists: a first sync that finds a
/// customer for each of thousands would else ask Zuper for each of them, which takes it seconds a time. The lists are
/// kept for some minutes. What Zuper makes meanwhile is met by its own pass, which finds the customer taken.
/// </summary>
public sealed class NamesakeLists(ZuperClient zuper, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ConnectionId, (DateTimeOffset At, Lists Of)> _read = new();
    private readonly SemaphoreSlim _oneReads = new(1, 1);

    /// <summary>The source ids of the records that have a name or an address.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="account">Where they are read.</param>
    /// <param name="kind">What of them.</param>
    /// <param name="value">The name or the address.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyList<string>> FindAsync(
        Connection connection,
        ZuperAccount account,
        MatchKind kind,
        string value,
        CancellationToken cancellationToken
    )
    {
        // Several are asked about at the same time: one of them reads, and the others wait for it.
        await _oneReads.WaitAsync(cancellationToken);
        Lists lists;
        try
        {
            lists =
                _read.TryGetValue(connection.Id, out var kept) && NotedTimes.IsWithin(Lasts, kept.At, Now)
                    ? kept.Of
                    : await ReadAsync(connection, account, cancellationToken);
        }
        finally
        {
            _oneReads.Release();
        }

        return [.. (kind == MatchKind.Email ? lists.ByEmail : lists.ByName)[ComparisonKey.Of(value)]];
    }

    public void Dispose() => _oneReads.Dispose();

    private DateTimeOffset Now => time.GetUtcNow();

    private async Task<Lists> ReadAsync(
        Connection connection,
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
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

        var read = new Lists(
            rows.ToLookup(r => r.Name, r => r.SourceId, StringComparer.Ordinal),
            rows.ToLookup(r => r.Email, r => r.SourceId, StringComparer.Ordinal)
        );
        _read[connection.Id] = (Now, read);
        return read;
    }

    private static (string SourceId, string Name, string Email) Row(string sourceId, CustomerSource source) =>
        (
            sourceId,
            ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Name)),
            ComparisonKey.Of(Namesakes.ValueOf(source, MatchKind.Email))
        );

    private sealed record Lists(ILookup<string, string> ByName, ILookup<string, string> ByEmail);
}
