namespace IntacctSync.Core.Storage;

/// <summary>
/// Sums in rows of the store, to which several instances add. What is added waits in memory and is stored some seconds
/// later, and when the host stops: a process that is killed loses those seconds.
/// </summary>
/// <remarks>
/// A store that fails without saying whether it kept an addition may count it twice: the sums are for people to look
/// at, and nothing is decided by them.
/// </remarks>
/// <typeparam name="TKey">Names a sum.</typeparam>
/// <typeparam name="TSum">What is added up.</typeparam>
public abstract class StoredTally<TKey, TSum>(ITable table, TimeProvider time, TimeSpan flushAfter) : IAsyncDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private Dictionary<TKey, TSum> _waiting = [];
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>Stores what is waiting; what can't be stored waits on.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            foreach (var (key, sum) in Take())
                await StoreOrKeepAsync(key, sum, cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }

        await FlushAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    /// <summary>The row in which a sum is kept.</summary>
    protected abstract (string Partition, string Row) PlaceOf(TKey key);

    /// <summary>The properties that a row has for a sum.</summary>
    protected abstract Dictionary<string, object?> Write(TKey key, TSum sum);

    /// <summary>The sum that a row holds for the key; nothing for a row of another key, or none.</summary>
    protected abstract TSum Read(TKey key, TableRow? row);

    /// <summary>Both added up. Pure.</summary>
    protected abstract TSum Add(TSum one, TSum other);

    /// <summary>Says that a sum could not be stored, and waits on.</summary>
    protected abstract void TellNotStored(Exception why, TKey key, TSum sum);

    /// <summary>Adds to a sum; it is stored later.</summary>
    protected void Keep(TKey key, TSum more)
    {
        lock (_gate)
        {
            _waiting[key] = _waiting.TryGetValue(key, out var before) ? Add(before, more) : more;
            if (!_stopped)
                _timer ??= time.CreateTimer(
                    static tally => _ = ((StoredTally<TKey, TSum>)tally!).FlushAsync(CancellationToken.None),
                    this,
                    flushAfter,
                    Timeout.InfiniteTimeSpan
                );
        }
    }

    /// <summary>A stored sum, with what this process has yet to add to it.</summary>
    protected TSum WithWaiting(TKey key, TSum stored)
    {
        lock (_gate)
            return _waiting.TryGetValue(key, out var more) ? Add(stored, more) : stored;
    }

    /// <summary>Forgets the sums of a partition: those that are stored, and those that wait to be.</summary>
    protected async Task ForgetAsync(string partition, Func<TKey, bool> isOfIt, CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                foreach (var key in _waiting.Keys.Where(isOfIt).ToList())
                    _waiting.Remove(key);
            }

            await table.RemoveAsync(partition, cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private Dictionary<TKey, TSum> Take()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    private async Task StoreOrKeepAsync(TKey key, TSum sum, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(key, sum, cancellationToken);
        }
        catch (Exception e)
        {
            TellNotStored(e, key, sum);
            Keep(key, sum);
        }
    }

    private async Task StoreAsync(TKey key, TSum more, CancellationToken cancellationToken)
    {
        var (partition, rowKey) = PlaceOf(key);
        while (true)
        {
            var old = await table.GetAsync(partition, rowKey, cancellationToken);
            var row = new TableRow(partition, rowKey, Write(key, Add(Read(key, old), more)));
            try
            {
                await table.WriteAsync(
                    old is null ? TableWrite.Insert(row) : TableWrite.Replace(row, old.ETag),
                    cancellationToken
                );
                return;
            }
            catch (TableConflictException)
            {
                // Another instance added to the sum meanwhile, so it is read again.
            }
        }
    }
}
