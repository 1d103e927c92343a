using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// Adds up the transactions of each company and calendar month (UTC), over all instances. Counts are gathered in memory
/// and stored a few seconds later, and when the host stops: a process that is killed loses those seconds.
/// </summary>
/// <remarks>
/// A store that fails without saying whether it kept an addition may count it twice: the figure is for a person, not
/// for a bill.
/// </remarks>
public sealed partial class TransactionTally(ITable table, TimeProvider time, ILogger<TransactionTally> logger)
    : IAsyncDisposable
{
    private const string MonthFormat = "yyyyMM";
    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private Dictionary<(CompanyId Company, string Month), TransactionsByFlow> _waiting = [];
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>Counts what was used up, for what <see cref="TransactionPurpose"/> says.</summary>
    /// <param name="company">The company, in any case.</param>
    /// <param name="transactions">How many.</param>
    /// <param name="writes">Whether they changed anything.</param>
    public void Add(string company, int transactions, bool writes = false)
    {
        if (transactions > 0)
            Keep(
                (new CompanyId(company), Month(time.GetUtcNow())),
                TransactionsByFlow.None.With(
                    TransactionPurpose.Now,
                    writes ? new FlowTransactions(0, transactions) : new FlowTransactions(transactions, 0)
                )
            );
    }

    /// <summary>
    /// What a company has used up in the month of <paramref name="month"/>: what is stored, and what this process has
    /// yet to store.
    /// </summary>
    public async Task<long> ReadAsync(CompanyId company, DateTimeOffset month, CancellationToken cancellationToken) =>
        (await ReadByFlowAsync(company, month, cancellationToken)).Total;

    /// <summary>The same, by what it was used for.</summary>
    public async Task<TransactionsByFlow> ReadByFlowAsync(
        CompanyId company,
        DateTimeOffset month,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetAsync(Partition(company), Month(month), cancellationToken);
        lock (_gate)
            return Read(row).Plus(_waiting.GetValueOrDefault((company, Month(month))) ?? TransactionsByFlow.None);
    }

    /// <summary>Removes the counts of a company that no connection uses any more.</summary>
    internal async Task ForgetAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                foreach (var key in _waiting.Keys.Where(key => key.Company == company).ToList())
                    _waiting.Remove(key);
            }

            await table.RemoveAsync(Partition(company), cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Stores what is waiting; what can't be stored waits on.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            foreach (var (key, count) in Take())
                await StoreOrKeepAsync(key, count, cancellationToken);
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
    }

    private Dictionary<(CompanyId Company, string Month), TransactionsByFlow> Take()
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

    private void Keep((CompanyId Company, string Month) key, TransactionsByFlow count)
    {
        lock (_gate)
        {
            _waiting[key] = count.Plus(_waiting.GetValueOrDefault(key) ?? TransactionsByFlow.None);
            if (!_stopped)
                _timer ??= time.CreateTimer(
                    static ledger => _ = ((TransactionTally)ledger!).FlushAsync(CancellationToken.None),
                    this,
                    FlushAfter,
                    Timeout.InfiniteTimeSpan
                );
        }
    }

    private async Task StoreOrKeepAsync(
        (CompanyId Company, string Month) key,
        TransactionsByFlow count,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await StoreAsync(key, count, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotStored(new LoggedException(e), key.Company.Value, count.Total);
            Keep(key, count);
        }
    }

    private async Task StoreAsync(
        (CompanyId Company, string Month) key,
        TransactionsByFlow count,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var old = await table.GetAsync(Partition(key.Company), key.Month, cancellationToken);
            var sum = Read(old).Plus(count);
            var row = new TableRow(
                Partition(key.Company),
                key.Month,
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["Count"] = sum.Total,
                    ["ByFlow"] = JsonSerializer.Serialize(sum.ByFlow),
                }
            );
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
                // Another instance added to the sum meanwhile, so the sum is read again.
            }
        }
    }

    /// <summary>What was counted before it was told apart by flow has no name.</summary>
    private static TransactionsByFlow Read(TableRow? row)
    {
        if (row is null)
            return TransactionsByFlow.None;
        var told = row.Text("ByFlow") is { } json
            ? new TransactionsByFlow(JsonSerializer.Deserialize<SortedDictionary<string, FlowTransactions>>(json)!)
            : TransactionsByFlow.None;
        var untold = (row.Integer("Count") ?? 0) - told.Total;
        return untold > 0 ? told.With(TransactionPurpose.Other, new FlowTransactions(untold, 0)) : told;
    }

    private static string Partition(CompanyId company) => TableKey.Join("transactions", company.Value);

    private static string Month(DateTimeOffset at) =>
        at.ToUniversalTime().ToString(MonthFormat, CultureInfo.InvariantCulture);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} transactions of Intacct company {Company} could not be added up yet; they are kept "
            + "and tried "
            + "again"
    )]
    private partial void LogNotStored(LoggedException exception, string company, long count);
}
