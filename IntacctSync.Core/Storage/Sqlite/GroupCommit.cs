using System.Collections.Concurrent;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>
/// The one writer of a file in this process. Writes that arrive while a commit runs go together into the next
/// transaction, so that they wait for the disk only once. Each is told its own outcome.
/// </summary>
/// <remarks>
/// A write that throws is undone and refused alone. An error of the file refuses all writes of the transaction.
/// SQLite's calls block, so they run on a thread of their own.
/// </remarks>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxGroup = 512;

    private readonly BlockingCollection<PendingWrite> _waiting = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteFile _file;
    private readonly Lazy<Thread> _writer;
    private SqliteDatabase? _database;
    private long _commits;

    public GroupCommit(SqliteFile file)
    {
        _file = file;
        _writer = new Lazy<Thread>(Start);
    }

    /// <summary>How many transactions were committed.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Carries out a write within the next transaction.</summary>
    /// <param name="write">May be refused by throwing; it must change nothing but the database.</param>
    /// <param name="cancellationToken">Takes back a write that has not begun; one that has begun is waited for, so that
    /// its outcome is known.</param>
    /// <returns>What <paramref name="write"/> returned, once it is on the disk.</returns>
    /// <exception cref="SqliteFaultException">The file has an error; the write may or may not have been
    /// kept.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteDatabase, T> write, CancellationToken cancellationToken)
    {
        var pending = new PendingWrite<T>(write, cancellationToken);
        HandOver(pending);
        return pending.Outcome;
    }

    private void HandOver(PendingWrite pending)
    {
        _ = _writer.Value;
        try
        {
            _waiting.Add(pending, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(GroupCommit), $"'{_file.Path}' is closed.");
        }
    }

    /// <summary>Carries out something that is no transaction, while no other write runs.</summary>
    /// <param name="act">Given the open file.</param>
    /// <param name="cancellationToken">Takes back what has not begun.</param>
    /// <exception cref="SqliteFaultException">The file is in trouble.</exception>
    public Task AloneAsync(Action<SqliteDatabase> act, CancellationToken cancellationToken)
    {
        var pending = new PendingAct(act, cancellationToken);
        HandOver(pending);
        return pending.Outcome;
    }

    /// <summary>Finishes what has been handed over, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        if (_writer.IsValueCreated)
            await _stopped.Task;
        _file.Dispose();
    }

    private Thread Start()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "writer of " + Path.GetFileName(_file.Path) };
        // It serves all callers: the context of the first one is not its own.
        thread.UnsafeStart();
        return thread;
    }

    private void Run()
    {
        var group = new List<PendingWrite>();
        foreach (var first in _waiting.GetConsumingEnumerable(CancellationToken.None))
        {
            var alone = first as PendingAct;
            if (alone is null)
                group.Add(first);
            while (alone is null && group.Count < MaxGroup && _waiting.TryTake(out var next))
            {
                alone = next as PendingAct;
                if (alone is null)
                    group.Add(next);
            }

            if (group.Count > 0)
                Commit(group);
            group.Clear();
            if (alone is not null)
                Act(alone);
        }

        Close();
        _stopped.SetResult();
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            _database ??= _file.OpenWriter();
            _database.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
                write.Run(_database);
            _database.Execute("COMMIT");
            Interlocked.Increment(ref _commits);
        }
        catch (Exception fault)
        {
            // A closed connection rolls back; a new one starts from what the file holds.
            Close();
            foreach (var write in group)
                write.Fail(fault);
            return;
        }

        foreach (var write in group)
            write.Tell();
    }

    private void Act(PendingAct act)
    {
        try
        {
            act.Run(_database ??= _file.OpenWriter());
        }
        catch (Exception fault)
        {
            Close();
            act.Fail(fault);
            return;
        }

        act.Tell();
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}

/// <summary>What is no transaction, and the caller who waits for its end.</summary>
internal sealed class PendingAct(Action<SqliteDatabase> act, CancellationToken cancellationToken) : PendingWrite
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Outcome => _outcome.Task;

    public override void Run(SqliteDatabase database)
    {
        cancellationToken.ThrowIfCancellationRequested();
        act(database);
    }

    public override void Tell() => _outcome.SetResult();

    public override void Fail(Exception fault) => _outcome.SetException(fault);
}

/// <summary>A write on its way into a transaction.</summary>
internal abstract class PendingWrite
{
    /// <summary>
    /// Carries the write out, or undoes it and keeps the exception. It throws only errors of the whole transaction.
    /// </summary>
    public abstract void Run(SqliteDatabase database);

    /// <summary>The transaction is on the disk: tells the waiting caller what became of its part.</summary>
    public abstract void Tell();

    /// <summary>The transaction is lost.</summary>
    public abstract void Fail(Exception fault);
}
