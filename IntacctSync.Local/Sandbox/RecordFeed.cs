using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Local.Cli;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>Writes a line for each new entry of a record's timeline, as it happens.</summary>
internal sealed class RecordFeed(RecordQuery records, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A write-back causes a webhook, which finds nothing to do. That is no news.</summary>
    private const string Echo = "unchanged";

    /// <summary>Ends only when it is cancelled.</summary>
    public async Task ShowAsync(
        Connection connection,
        IReadOnlyList<FlowName> flows,
        IAnsiConsole console,
        CancellationToken cancellationToken
    )
    {
        var told = new Dictionary<SyncKey, DateTimeOffset>();
        for (var first = true; ; first = false)
        {
            foreach (var flow in flows)
            {
                await foreach (var entry in AllAsync(connection.Id, flow, cancellationToken))
                {
                    if (entry.Timeline is not [.., var last])
                        continue;
                    var since = told.GetValueOrDefault(entry.Key);
                    foreach (
                        var news in entry.Timeline.Where(
                            (t, i) => !first && t.At > since && t.What != Echo && !Repeats(entry.Timeline, i)
                        )
                    )
                        Tell(entry, news, console);
                    told[entry.Key] = last.At;
                }
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    /// <summary>Nor is it news if a record is read again and nothing has changed.</summary>
    private static bool Repeats(IReadOnlyList<TimelineEntry> timeline, int index) =>
        index > 0
        && (timeline[index].What, timeline[index].Detail) == (timeline[index - 1].What, timeline[index - 1].Detail);

    private static void Tell(KeyMapEntry entry, TimelineEntry news, IAnsiConsole console)
    {
        console.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {news.At:HH:mm:ss}Z  {entry.Key.Flow}  {SampleNames.Of(entry)}  {Terminal.Words(news.What)}"
            ) + RecordTexts.Told(news.Detail)
        );
        if (entry.Problem is { } problem && problem.Message == news.Detail)
            console.Line($"             Fix: {problem.Fix}");
    }

    private async IAsyncEnumerable<KeyMapEntry> AllAsync(
        ConnectionId connection,
        FlowName flow,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var page = await records.ListAsync(connection, flow, null, null, after, 200, cancellationToken);
            foreach (var entry in page.Items)
                yield return entry;
            after = page.Next;
        } while (after is not null);
    }
}
