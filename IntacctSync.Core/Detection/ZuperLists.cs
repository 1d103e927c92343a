using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Detection;

/// <summary>Reads the lists of Zuper's modules, as far as detecting changes needs them.</summary>
public sealed class ZuperLists(ZuperClient zuper, TimeProvider time)
{
    /// <summary>The end of every window: late enough that nothing leaves the window while it is read.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(365);

    internal static string Begin(DateTimeOffset? since) => JsonSerializer.Serialize(new ListPosition(since));

    /// <summary>A step of a backfill.</summary>
    internal async Task<BackfillChunk> ReadChunkAsync(
        FlowName flow, ZuperAccount account, string bookmark, int size, CancellationToken cancellationToken)
    {
        var position = JsonSerializer.Deserialize<ListPosition>(bookmark)!;
        var page = await ReadAsync(flow, account, position, size, cancellationToken);
        return new BackfillChunk(page.Items, position.After(page, size) is { } next ? JsonSerializer.Serialize(next) : null);
    }

    internal async Task<ZuperPage<SeenRecord>> ReadAsync(
        FlowName flow, ZuperAccount account, ListPosition position, int pageSize, CancellationToken cancellationToken)
    {
        var window = position.From is { } from ? new ZuperWindow(from, time.GetUtcNow() + Ahead) : null;
        if (flow == FlowName.Organizations)
        {
            var page = await zuper.ListOrganizationsAsync(account, window, position.Page, pageSize, position.Deleted, ZuperPriority.Bulk, cancellationToken);
            return new ZuperPage<SeenRecord>([.. page.Items.Select(o => new SeenRecord(o.Uid, o.UpdatedAt))], page.Number, page.TotalRecords);
        }

        throw new InvalidOperationException($"The flow '{flow}' is not read from Zuper.");
    }
}
