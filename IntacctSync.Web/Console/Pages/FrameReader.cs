using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Operations;

namespace IntacctSync.Web.Console.Pages;

/// <summary>Reads what every page of a connection needs.</summary>
internal sealed class FrameReader(ConnectionStore connections, RecordCounting counting)
{
    /// <summary>
    /// What a person has just done should show, and a page that loads itself should not count each time.
    /// </summary>
    private static readonly TimeSpan CountedAtMost = TimeSpan.FromSeconds(3);

    /// <exception cref="RefusedException">404: there is no such connection.</exception>
    public async Task<Frame> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        return new Frame(connection, NeedsYou(await CountAsync(connection, cancellationToken)));
    }

    public Task<CountedRecords> CountAsync(Connection connection, CancellationToken cancellationToken) =>
        counting.CountAsync(
            connection.Id,
            [.. connection.Settings.Profile.Flows.Select(f => f.Name)],
            CountedAtMost,
            cancellationToken
        );

    public static int NeedsYou(CountedRecords counted) =>
        counted.ByFlow.Values.Sum(c => c.Of(RecordState.NeedsAction) + c.Of(RecordState.Dead));
}
