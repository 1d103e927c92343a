using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using NCrontab;

namespace IntacctSync.Core.Review;

/// <summary>
/// Has both sides of each connection compared when a time of the settings has come: somebody who wakes every few
/// minutes asks. For each connection it is noted up to when that was done, so that a time at which nobody was awake,
/// and a comparison that a process did not live to end, are made up for.
/// </summary>
public sealed class NightlySchedule(
    ITable table,
    ConnectionStore connections,
    NightlyReconciliation nightly,
    ReviewOptions options,
    NotedTimes noted,
    TimeProvider time
)
{
    /// <summary>
    /// How long one who wakes stays at it: less than a function of Azure lives. What is left is gone on with by the
    /// next one.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>So long nobody else takes it up: somewhat longer than it is stayed at.</summary>
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(25);

    /// <summary>Compares what is due, one connection after the other: two would only take turns at a company.</summary>
    /// <returns>Whether anything was due.</returns>
    public async Task<bool> RunDueAsync(CancellationToken cancellationToken)
    {
        if (options.Times is not { } times)
            return false;
        var (began, any) = (time.GetTimestamp(), false);
        foreach (var connection in await connections.ListAsync(cancellationToken))
        {
            var left = Patience - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero && await TakeUpAsync(connection, times, cancellationToken) is { } taken)
            {
                any = true;
                await CarryOnAsync(connection, taken, left, cancellationToken);
            }
        }

        return any;
    }

    /// <returns>Null where nothing is due, or somebody else is at it.</returns>
    private async Task<NightlyRun?> TakeUpAsync(
        Connection connection,
        string times,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var stored = await NightlyRun.ReadAsync(table, connection.Id, cancellationToken);
        if (stored is null || noted.TellAhead($"the last nightly comparison of {connection.Id}", stored.At))
        {
            // Nights count from when it is first asked.
            await new NightlyRun(now) { ETag = stored?.ETag }.SaveAsync(table, connection.Id, cancellationToken);
            return null;
        }

        if (stored.TakenUntil > now && stored.TakenUntil - now <= Taken)
            return null;
        var isTime = After(times, stored.At) <= now;
        if (connection is { Active: true, Stop: { } stop })
        {
            // What a run that is there has come to is looked at all the same.
            if (isTime || stored.RunId is null)
            {
                if (isTime)
                    await PutOffAsync(connection, stop, stored, now, cancellationToken);
                return null;
            }
        }
        else if (!stored.IsOwed)
        {
            if (!isTime)
                return null;
            stored = new NightlyRun(now, IsOwed: true) { ETag = stored.ETag };
        }
        else if (isTime && stored.RunId is null)
        {
            await nightly.TellNeverRanAsync(
                connection,
                "It was put off from one night to the next: another comparison was under way, or this host did not "
                    + "run.",
                cancellationToken
            );
            stored = stored with { At = now };
        }

        return await (stored with { TakenUntil = now + Taken }).SaveAsync(table, connection.Id, cancellationToken);
    }

    /// <summary>
    /// Notes that the comparison of a stopped connection is owed until it goes on. If that has not come before the next
    /// time, people are told that there was none: with the stop alone they would not know.
    /// </summary>
    private async Task PutOffAsync(
        Connection connection,
        ConnectionStop stop,
        NightlyRun stored,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (stored.IsOwed)
            await nightly.TellNeverRanAsync(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The connection has been stopped since {stop.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC. "
                        + $"{stop.Problem.Message}"
                ),
                cancellationToken
            );
        await new NightlyRun(now, IsOwed: true) { ETag = stored.ETag }.SaveAsync(
            table,
            connection.Id,
            cancellationToken
        );
    }

    private async Task CarryOnAsync(
        Connection connection,
        NightlyRun taken,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var left = await nightly.CarryOnAsync(connection, taken, patience, cancellationToken);
        await (left with { TakenUntil = null }).SaveAsync(table, connection.Id, cancellationToken);
    }

    private static DateTimeOffset After(string times, DateTimeOffset last) =>
        new(
            DateTime.SpecifyKind(
                CrontabSchedule.Parse(times, new() { IncludingSeconds = true }).GetNextOccurrence(last.UtcDateTime),
                DateTimeKind.Utc
            )
        );
}
