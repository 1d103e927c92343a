using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Intacct;

/// <summary>Adds up the transactions of each company and calendar month (UTC), over all instances.</summary>
public sealed partial class TransactionTally(ITable table, TimeProvider time, ILogger<TransactionTally> logger)
    : StoredTally<(CompanyId Company, string Month), TransactionsByFlow>(table, time, FlushAfter)
{
    private const string MonthFormat = "yyyyMM";

    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(5);

    private readonly ITable _table = table;
    private readonly TimeProvider _time = time;

    /// <summary>Counts what was used up, for what <see cref="TransactionPurpose"/> says.</summary>
    /// <param name="company">The company, in any case.</param>
    /// <param name="transactions">How many.</param>
    /// <param name="writes">Whether they changed anything.</param>
    public void Add(string company, int transactions, bool writes = false)
    {
        if (transactions > 0)
            Keep(
                (new CompanyId(company), Month(_time.GetUtcNow())),
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
        var key = (company, Month(month));
        return WithWaiting(key, Read(key, await _table.GetAsync(Partition(company), Month(month), cancellationToken)));
    }

    /// <summary>Removes the counts of a company that no connection uses any more.</summary>
    internal Task ForgetAsync(CompanyId company, CancellationToken cancellationToken) =>
        ForgetAsync(Partition(company), key => key.Company == company, cancellationToken);

    protected override (string Partition, string Row) PlaceOf((CompanyId Company, string Month) key) =>
        (Partition(key.Company), key.Month);

    protected override Dictionary<string, object?> Write(
        (CompanyId Company, string Month) key,
        TransactionsByFlow sum
    ) => new(StringComparer.Ordinal) { ["Count"] = sum.Total, ["ByFlow"] = JsonSerializer.Serialize(sum.ByFlow) };

    /// <summary>What was counted before it was told apart by flow has no name.</summary>
    protected override TransactionsByFlow Read((CompanyId Company, string Month) key, TableRow? row)
    {
        if (row is null)
            return TransactionsByFlow.None;
        var told = row.Text("ByFlow") is { } json
            ? new TransactionsByFlow(JsonSerializer.Deserialize<SortedDictionary<string, FlowTransactions>>(json)!)
            : TransactionsByFlow.None;
        var untold = (row.Integer("Count") ?? 0) - told.Total;
        return untold > 0 ? told.With(TransactionPurpose.Other, new FlowTransactions(untold, 0)) : told;
    }

    protected override TransactionsByFlow Add(TransactionsByFlow one, TransactionsByFlow other) => one.Plus(other);

    protected override void TellNotStored(
        Exception why,
        (CompanyId Company, string Month) key,
        TransactionsByFlow sum
    ) => LogNotStored(new LoggedException(why), key.Company.Value, sum.Total);

    private static string Partition(CompanyId company) => TableKey.Join("transactions", company.Value);

    private static string Month(DateTimeOffset at) =>
        at.ToUniversalTime().ToString(MonthFormat, CultureInfo.InvariantCulture);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} transactions of Intacct company {Company} could not be added up yet; they are kept "
            + "and tried again"
    )]
    private partial void LogNotStored(LoggedException exception, string company, long count);
}
