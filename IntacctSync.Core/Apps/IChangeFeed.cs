using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Apps;

/// <summary>The feed of one flow: the list of its source's records that can be read for changes.</summary>
public interface IChangeFeed
{
    FlowName Flow { get; }

    /// <summary>The bookmark at which a backfill begins.</summary>
    /// <param name="since">Records that changed since then; null for all.</param>
    string Begin(DateTimeOffset? since);

    /// <summary>
    /// The bookmark of what is read once when the flow is switched on, since the feed does not show it; null for a flow
    /// whose feed shows all.
    /// </summary>
    string? WhenSwitchedOn => null;

    /// <summary>Reads one chunk of a backfill.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="access">With what the two systems are called.</param>
    /// <param name="bookmark">Where it stands.</param>
    /// <param name="size">The most records to find.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<BackfillChunk> ReadAsync(
        Connection connection,
        ConnectionAccess access,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads what changed since the feed's cursor and puts it on the queue; the cursor moves only when that is durable.
    /// </summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="access">With what the two systems are called.</param>
    /// <param name="runIds">The runs that wait for it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>True when the sweep is through; false when it is to go on.</returns>
    Task<bool> SweepAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    );
}

/// <summary>What one step of a backfill found.</summary>
/// <param name="Seen">The records, in the order of the list.</param>
/// <param name="Next">The bookmark of the next step; null at the end.</param>
/// <param name="Ahead">How many records its source counts behind them in the list; null where it does not say. Some of
/// them may be no records of the flow, so this is for people to read, and nothing is decided by it.</param>
public sealed record BackfillChunk(IReadOnlyList<SeenRecord> Seen, string? Next, long? Ahead = null);

/// <summary>A record as a list showed it.</summary>
/// <param name="Uid">Its source id.</param>
/// <param name="UpdatedAt">When it changed; null where the list does not say.</param>
/// <param name="DeletedAt">When it was deleted, as its source writes it; null where it is still there.</param>
/// <param name="Snapshot">The row as the list showed it, for a flow that can use it; null for others.</param>
public sealed record SeenRecord(
    string Uid,
    DateTimeOffset? UpdatedAt,
    string? DeletedAt = null,
    string? Snapshot = null
);
