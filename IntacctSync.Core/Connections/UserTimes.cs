using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Connections;

/// <summary>
/// The offset from GMT in which a connection's user sees times. Intacct writes and reads times in this offset, without
/// naming it. It is read once an hour, since daylight saving changes it.
/// </summary>
public sealed class UserTimes(IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ConnectionId, Reading> _readings = new();

    /// <param name="connection">Whose user.</param>
    /// <param name="credentials">The user's.</param>
    /// <param name="mayUse">Whether what was read at a time may be used again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UnreadableTimesException">With the user's preferences, times can be read in two
    /// ways.</exception>
    /// <exception cref="IntacctException">They could not be read.</exception>
    public async Task<TimeSpan> OffsetAsync(
        Connection connection,
        IntacctCredentials credentials,
        Func<DateTimeOffset, bool> mayUse,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (
            _readings.TryGetValue(connection.Id, out var known)
            && mayUse(known.At)
            && known.Revision == connection.Revision
            && NotedTimes.IsWithin(Lasting, known.At, now)
        )
            return known.Offset;
        var formatting = await ReadAsync(credentials, cancellationToken);
        if (formatting.Objection is { } objection)
            throw new UnreadableTimesException(objection);
        _readings[connection.Id] = new Reading(formatting.GmtOffset, connection.Revision, now);
        return formatting.GmtOffset;
    }

    private async Task<UserFormatting> ReadAsync(IntacctCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return await intacct.ReadUserFormattingAsync(credentials, cancellationToken);
        }
        catch (FormatException e)
        {
            throw new UnreadableTimesException(e.Message);
        }
    }

    private sealed record Reading(TimeSpan Offset, int Revision, DateTimeOffset At);
}

/// <summary>The times that Intacct writes can be read in two ways, so nothing may be concluded from them.</summary>
public sealed class UnreadableTimesException(string message) : Exception(message);
