using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Detection;

/// <summary>Reads everything that Intacct has of a flow's records, a chunk at a time in the order of their keys, so that rows which change meanwhile move nothing.</summary>
public sealed class IntacctLists(IntacctClient intacct, UserTimes times)
{
    internal static string Begin(DateTimeOffset? since) => JsonSerializer.Serialize(new IntacctListPosition(since));

    internal async Task<BackfillChunk> ReadAsync(
        Connection connection, IntacctCredentials credentials, FlowName flow, string bookmark, int size, CancellationToken cancellationToken)
    {
        var position = JsonSerializer.Deserialize<IntacctListPosition>(bookmark)!;
        var feed = IntacctFeed.Of(flow)[0];
        var offset = await times.OffsetAsync(connection, credentials, cancellationToken);
        await foreach (var page in intacct.QueryPagesAsync(credentials, feed.Since(position.Since, position.Beyond, offset, size), cancellationToken))
        {
            var seen = page.Records.Where(r => r[feed.SourceIdField] is not null).Select(r => new SeenRecord(r[feed.SourceIdField]!.Trim(), null)).ToList();
            return new BackfillChunk(seen, page.IsLast ? null : JsonSerializer.Serialize(position with { Beyond = page.Records[^1]["RECORDNO"] }));
        }

        return new BackfillChunk([], null);
    }

    private sealed record IntacctListPosition(DateTimeOffset? Since, string? Beyond = null);
}
