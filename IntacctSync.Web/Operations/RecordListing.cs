using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Web.Answers;

namespace IntacctSync.Web.Operations;

/// <summary>Pages of records, of one flow or of one flow after the other.</summary>
internal sealed class RecordListing(RecordQuery records)
{
    private const char Separator = '!';

    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow; null for all.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="text">The beginning of a source id, target id or title; null for all.</param>
    /// <param name="after">What the page before gave as next.</param>
    /// <param name="pageSize">1 to 200.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<(IReadOnlyList<KeyMapEntry> Items, string? Next)> PageAsync(
        Connection connection,
        FlowName? flow,
        RecordState? state,
        string? text,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var (first, continuation) = Place(after);
        var flows = connection
            .Settings.Profile.Flows.Select(f => f.Name)
            .Where(f => flow is null || f == flow)
            .ToList();
        var at = first is { } named ? flows.IndexOf(named) : 0;
        if (at < 0)
            throw BadAfter();

        var items = new List<KeyMapEntry>();
        for (; at < flows.Count && items.Count < pageSize; at++)
        {
            var page = await ListAsync(
                connection.Id,
                flows[at],
                state,
                text,
                continuation,
                pageSize - items.Count,
                cancellationToken
            );
            items.AddRange(page.Items);
            if (page.Next is { } next)
                return (items, $"{flows[at]}{Separator}{next}");
            continuation = null;
        }

        return (items, at < flows.Count ? $"{flows[at]}{Separator}" : null);
    }

    private async Task<RecordPage> ListAsync(
        ConnectionId connection,
        FlowName flow,
        RecordState? state,
        string? text,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await records.ListAsync(connection, flow, state, text, continuation, pageSize, cancellationToken);
        }
        catch (Exception e) when (continuation is not null && e is ArgumentException or FormatException)
        {
            throw BadAfter();
        }
    }

    private static (FlowName? Flow, string? Continuation) Place(string? after)
    {
        if (string.IsNullOrEmpty(after))
            return (null, null);
        var separator = after.IndexOf(Separator, StringComparison.Ordinal);
        if (separator < 0 || !FlowName.TryParse(after[..separator], out var flow))
            throw BadAfter();
        return (flow, separator + 1 == after.Length ? null : after[(separator + 1)..]);
    }

    private static RefusedException BadAfter() =>
        RefusedException.Invalid(
            "after",
            "after is not what a page of this list gave as next: send it unchanged, or leave it out to begin anew."
        );
}
