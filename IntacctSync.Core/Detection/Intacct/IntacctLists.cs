using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Reads everything that Intacct has of a flow's records, a chunk at a time in the order of their keys, so that rows
/// which change meanwhile move nothing.
/// </summary>
public sealed class IntacctLists(IntacctClient intacct, UserTimes times)
{
    internal static string Begin(DateTimeOffset? since) => JsonSerializer.Serialize(new IntacctListPosition(since));

    internal async Task<BackfillChunk> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        IReadOnlyList<IntacctFeed> objects,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    )
    {
        var position = JsonSerializer.Deserialize<IntacctListPosition>(bookmark)!;
        var feed = objects[position.Object];
        var offset = await times.OffsetAsync(connection, credentials, cancellationToken);

        // A full reading of the first object finds every record. A reading since a time must look at the other objects
        // as well, since a change may show itself only there.
        var after =
            position.Since is not null && position.Object + 1 < objects.Count
                ? JsonSerializer.Serialize(new IntacctListPosition(position.Since, Object: position.Object + 1))
                : null;
        await foreach (
            var page in intacct.QueryPagesAsync(
                credentials,
                feed.Since(position.Since, position.Beyond, offset, size),
                cancellationToken
            )
        )
        {
            var seen = page
                .Records.Select(r => r[feed.SourceIdField]?.Trim())
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(id => new SeenRecord(id, null))
                .ToList();
            return new BackfillChunk(
                seen,
                page.IsLast ? after : JsonSerializer.Serialize(position with { Beyond = page.Records[^1]["RECORDNO"] })
            );
        }

        return new BackfillChunk([], after);
    }

    /// <param name="Since">What changed since then; null for all.</param>
    /// <param name="Beyond">The last key that was read; null at the beginning.</param>
    /// <param name="Object">Which object of the flow is being read, from 0.</param>
    private sealed record IntacctListPosition(DateTimeOffset? Since, string? Beyond = null, int Object = 0);
}
