namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>A write and the caller who waits for its result.</summary>
internal sealed class PendingWrite<T>(Func<SqliteDatabase, T> write, CancellationToken cancellationToken) : PendingWrite
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _refusal;
    private T _result = default!;

    public Task<T> Outcome => _outcome.Task;

    public override void Run(SqliteDatabase database)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _refusal = new OperationCanceledException(cancellationToken);
            return;
        }

        database.Execute("SAVEPOINT pending");
        try
        {
            _result = write(database);
        }
        catch (Exception refusal) when (refusal is not SqliteFaultException { ConcernsFile: true })
        {
            _refusal = refusal;
            database.Execute("ROLLBACK TO pending");
        }

        database.Execute("RELEASE pending");
    }

    public override void Tell()
    {
        switch (_refusal)
        {
            case null:
                _outcome.SetResult(_result);
                break;
            case OperationCanceledException:
                _outcome.SetCanceled(cancellationToken);
                break;
            default:
                _outcome.SetException(_refusal);
                break;
        }
    }

    public override void Fail(Exception fault) => _outcome.SetException(fault);
}
