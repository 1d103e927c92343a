using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Reads lists ahead of the chunks of a backfill, since each query is a transaction however few rows it brings. What is
/// read ahead is kept for some minutes, in this process; whoever does not find it reads it again.
/// </summary>
/// <remarks>
/// A row may have changed since it was read. Its time of change goes with it, and a flow uses no row that is older than
/// what it has looked at.
/// </remarks>
public sealed class ListReadings(IntacctClient intacct, TimeProvider time)
{
    /// <summary>The rows of one query: as many as Intacct gives at once (developer.intacct.com, Queries).</summary>
    public const int Ahead = 2000;

    /// <summary>Of more rows than these that a flow can do without, none is kept.</summary>
    internal const int MostCompanions = 20_000;

    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>The next rows of a list beyond a key, at most so many.</summary>
    internal async Task<ListRows> NextAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IntacctFeed feed,
        DateTimeOffset? since,
        string? beyond,
        TimeSpan offset,
        int count,
        CancellationToken cancellationToken
    )
    {
        var name = $"{connection.Id}/{flow}/{feed.Object}/{since:O}/{connection.Revision}";
        var now = time.GetUtcNow();
        if (
            !_readings.TryGetValue(name, out var reading)
            || reading.Beyond != beyond
            || reading.Rows.Count == 0
            || !NotedTimes.IsWithin(Lasting, reading.At, now)
        )
            reading = await ReadAsync(
                credentials,
                feed,
                [.. feed.Companions.Where(c => c.IsRead(connection.Settings, since is not null))],
                since,
                beyond,
                offset,
                now,
                cancellationToken
            );
        var rows = reading.Rows.Take(count).ToList();
        var rest = reading.Rows.Skip(count).ToList();
        if (rest.Count == 0)
            _readings.TryRemove(name, out _);
        else
            _readings[name] = reading with { Rows = rest, Beyond = rows[^1]["RECORDNO"] };
        return new ListRows(rows, reading.IsLast && rest.Count == 0, reading.Companions, rest.Count + reading.Behind);
    }

    private async Task<Reading> ReadAsync(
        IntacctCredentials credentials,
        IntacctFeed feed,
        IReadOnlyList<FeedCompanion> companions,
        DateTimeOffset? since,
        string? beyond,
        TimeSpan offset,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var query = feed.Since(since, beyond, offset, Ahead);
        await foreach (var page in intacct.QueryPagesAsync(credentials, query, cancellationToken))
            return new Reading(
                page.Records,
                beyond,
                page.IsLast,
                now,
                await CompanionsAsync(credentials, feed, companions, page.Records, cancellationToken),
                page.TotalCount - page.Records.Count
            );
        return new Reading([], beyond, true, now, NoCompanions, 0);
    }

    private async Task<ILookup<string, IntacctRecord>> CompanionsAsync(
        IntacctCredentials credentials,
        IntacctFeed feed,
        IReadOnlyList<FeedCompanion> companions,
        IReadOnlyList<IntacctRecord> rows,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(string Owner, IntacctRecord Row)>();
        foreach (var companion in companions)
        {
            var owners = rows.Where(r => feed.IsOurs(r) && companion.Concerns(r)).ToList();
            if (owners.Count == 0)
                continue;
            var its = new List<(string Owner, IntacctRecord Row)>();
            await foreach (var row in intacct.QueryAsync(credentials, companion.Of(owners), cancellationToken))
            {
                its.Add((row[companion.KeyField]?.Trim() ?? "", row));
                if (its.Count <= MostCompanions || !companion.MayLack)
                    continue;

                // A part of them would be taken for all.
                its.Clear();
                break;
            }

            found.AddRange(its);
        }

        return found.ToLookup(f => f.Owner, f => f.Row, StringComparer.Ordinal);
    }

    private static ILookup<string, IntacctRecord> NoCompanions { get; } =
        Array.Empty<IntacctRecord>().ToLookup(static _ => "", StringComparer.Ordinal);

    private sealed record Reading(
        IReadOnlyList<IntacctRecord> Rows,
        string? Beyond,
        bool IsLast,
        DateTimeOffset At,
        ILookup<string, IntacctRecord> Companions,
        long? Behind
    );
}

/// <summary>The next rows of a list.</summary>
/// <param name="Rows">In the order of their keys.</param>
/// <param name="IsLast">Whether none come after them.</param>
/// <param name="Companions">What was read along with them, by RECORDNO.</param>
/// <param name="Ahead">How many rows Intacct counts behind them; null where it does not say.</param>
internal sealed record ListRows(
    IReadOnlyList<IntacctRecord> Rows,
    bool IsLast,
    ILookup<string, IntacctRecord> Companions,
    long? Ahead
);
