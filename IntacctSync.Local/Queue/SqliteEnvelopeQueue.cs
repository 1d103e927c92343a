using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Local.Queue;

/// <summary>
/// The queue of one machine, in a SQLite file that several processes may share, with the rules of a Service Bus queue
/// with sessions.
/// </summary>
/// <remarks>
/// Delivery is at least once: a message is handed out under its session's lock and comes again if that expires before
/// it is settled. Every call may throw <see cref="QueueUnavailableException"/>; after a settlement that ended so, a
/// message may come again. Rules: learn.microsoft.com, Service Bus message sessions, duplicate detection, dead-letter
/// queues.
/// </remarks>
public sealed partial class SqliteEnvelopeQueue : IEnvelopeQueue, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly EnvelopeQueueOptions _options;
    private readonly SqliteStore _store;
    private readonly ILogger _logger;
    private TaskCompletionSource _changed = NewSignal();

    /// <param name="path">The file; it and its folder are made when first used, readable by their owner only.</param>
    /// <param name="time">The clock that locks, delays and duplicates go by; all processes on the file must agree on
    /// the time.</param>
    /// <param name="options">Null for the rules of Service Bus.</param>
    /// <param name="logger">Told when the clock was set back.</param>
    public SqliteEnvelopeQueue(
        string path,
        TimeProvider time,
        EnvelopeQueueOptions? options = null,
        ILogger<SqliteEnvelopeQueue>? logger = null
    )
    {
        _logger = logger ?? NullLogger<SqliteEnvelopeQueue>.Instance;
        _time = time;
        _options = options ?? new EnvelopeQueueOptions();
        _store = new SqliteStore(
            new SqliteFile(path, QueueSchema.Version, QueueSchema.Statements, _options.BusyTimeout),
            fault => new QueueUnavailableException(fault.Message, fault)
        );
    }

    /// <summary>How many transactions were committed.</summary>
    internal long Commits => _store.Commits;

    public async Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    )
    {
        if (envelopes.Count == 0)
            return [];
        var sends = envelopes.Select(outgoing => new QueueSend(outgoing.Envelope, outgoing.NotBefore)).ToArray();
        var outcomes = await _store.Write(
            database => sends.Select(send => send.Run(database, Now, _options)).ToArray(),
            cancellationToken
        );
        Signal();
        return outcomes;
    }

    /// <summary>
    /// Takes the session that has waited longest among those that have a message due and that nobody holds.
    /// </summary>
    /// <returns>Its lock, or null when there is none.</returns>
    public async Task<SessionLock?> AcceptSessionAsync(CancellationToken cancellationToken)
    {
        await HoldAgainstNowAsync(cancellationToken);
        return await _store.Read(database => QueueSessions.Waiting(database, Now), cancellationToken) is null
            ? null
            : await _store.Write(
                database => QueueSessions.Take(database, Now, _options.LockDuration),
                cancellationToken
            );
    }

    /// <summary>
    /// Delivers up to <paramref name="max"/> messages of the session that are due, in the order in which they were put
    /// on the queue.
    /// </summary>
    /// <remarks>
    /// None is delivered twice under one lock, unless it was abandoned. A message delivered
    /// <see cref="EnvelopeQueueOptions.MaxDeliveryCount"/> times before, or that can't be read, goes to the dead
    /// letters instead.
    /// </remarks>
    /// <exception cref="SessionLostException">The lock is no longer held.</exception>
    public Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync(
        SessionLock held,
        int max,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        return _store.Write(
            database =>
            {
                QueueSessions.Require(database, held, Now);
                return QueueDelivery.Receive(database, held, max, Now, _options.MaxDeliveryCount);
            },
            cancellationToken
        );
    }

    /// <summary>Makes the lock last for its whole duration from now.</summary>
    /// <returns>False when it is lost: send nothing more and settle nothing.</returns>
    public Task<bool> RenewAsync(SessionLock held, CancellationToken cancellationToken) =>
        _store.Write(database => QueueSessions.Renew(database, held, Now, _options.LockDuration), cancellationToken);

    /// <summary>Settles delivered messages, all or none.</summary>
    /// <exception cref="SessionLostException">The lock is no longer held; nothing was settled.</exception>
    /// <exception cref="ArgumentException">A next attempt has the message id of the one before.</exception>
    public async Task SettleAsync(
        SessionLock held,
        IReadOnlyList<(ReceivedEnvelope Received, Settlement Settlement)> settlements,
        CancellationToken cancellationToken
    )
    {
        var prepared = settlements.Select(one => new QueueSettlement(one.Received, one.Settlement)).ToArray();
        await _store.Write(
            database =>
            {
                QueueSessions.Require(database, held, Now);
                foreach (var settlement in prepared)
                    settlement.Run(database, held, Now, _options);
                return prepared.Length;
            },
            cancellationToken
        );
        Signal();
    }

    /// <summary>
    /// Gives the session back. Messages that were delivered and not settled are delivered to the next holder. A lost
    /// lock is no error.
    /// </summary>
    public async Task ReleaseAsync(SessionLock held, CancellationToken cancellationToken)
    {
        await _store.Write(database => QueueSessions.Release(database, held), cancellationToken);
        Signal();
    }

    /// <summary>Waits until there may be a session to accept.</summary>
    public async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // This is read before the look, so that a message sent after the look ends the wait.
            var changed = Volatile.Read(ref _changed).Task;
            await HoldAgainstNowAsync(cancellationToken);
            var wait = await NextDueAsync(cancellationToken) - Now;
            if (wait <= TimeSpan.Zero)
                return;
            var pause = wait < _options.PollInterval ? wait.Value : _options.PollInterval;
            await changed
                .WaitAsync(pause, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// When the next message may be delivered: its own time, or the end of the lock over its session. Null when the
    /// queue is empty.
    /// </summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        _store.Read(QueueSessions.NextDue, cancellationToken);

    /// <summary>What was found damaged in its file since the start; null where nothing was.</summary>
    internal string? Damage => _store.Damage;

    /// <summary>Tries a write without meaning. It throws if the queue can't be written.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) =>
        _store.Write(database => database.Execute("UPDATE probe SET value = value + 1"), cancellationToken);

    public Task<QueueCounts> CountAsync(CancellationToken cancellationToken) =>
        _store.Read(database => QueueContents.Count(database, Now), cancellationToken);

    /// <summary>Dead letters, the newest first; they stay where they are.</summary>
    public Task<IReadOnlyList<DeadEnvelope>> PeekDeadLettersAsync(int max, CancellationToken cancellationToken) =>
        _store.Read(database => QueueContents.Dead(database, max), cancellationToken);

    /// <summary>Dead letters that nobody was told of yet, by their numbers, the oldest first.</summary>
    internal Task<IReadOnlyList<(long Number, DeadEnvelope Letter)>> UntoldDeadLettersAsync(
        int max,
        CancellationToken cancellationToken
    ) => _store.Read(database => QueueContents.Untold(database, max), cancellationToken);

    /// <summary>Notes that people were told of a dead letter.</summary>
    internal Task NoteToldAsync(long number, CancellationToken cancellationToken) =>
        _store.Write(
            database => database.Execute("INSERT OR IGNORE INTO told (number) VALUES (?1)", number),
            cancellationToken
        );

    /// <summary>Removes all messages of a connection, those being worked on and dead letters included.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> PurgeAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        _store.Write(database => QueueContents.Purge(database, connection), cancellationToken);

    /// <summary>Removes the session of a company that no connection uses any more; who holds it has lost it.</summary>
    public Task ForgetSessionAsync(CompanyId company, CancellationToken cancellationToken) =>
        _store.Write(
            database => database.Execute("DELETE FROM sessions WHERE session = ?1", company.Value),
            cancellationToken
        );

    /// <summary>
    /// Leaves nothing in the file and in its write-ahead log of messages that were removed. Writes wait meanwhile.
    /// </summary>
    public Task EraseDeletedAsync(CancellationToken cancellationToken) => _store.EraseDeletedAsync(cancellationToken);

    /// <summary>
    /// Finishes what was handed over, then closes the file. Locks stay until they expire, unless they were released.
    /// </summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>
    /// Corrects the times that were noted by a clock that was set back since. Otherwise their messages would wait until
    /// then.
    /// </summary>
    private async Task HoldAgainstNowAsync(CancellationToken cancellationToken)
    {
        if (!await _store.Read(database => QueueClock.WasSetBack(database, Now, _options), cancellationToken))
            return;
        var (messages, locks) = await _store.Write(
            database => QueueClock.HoldAgainst(database, Now, _options),
            cancellationToken
        );
        LogSetBack(messages, locks);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock of this machine was set back: {Messages} messages and {Locks} locks of the queue were "
            + "noted as of later than now, and are noted anew"
    )]
    private partial void LogSetBack(int messages, int locks);

    private DateTimeOffset Now => _time.GetUtcNow();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
}
