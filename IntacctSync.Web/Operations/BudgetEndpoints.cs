using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What a connection needs of Intacct: transactions, and permissions.</summary>
internal sealed class BudgetEndpoints(
    ConnectionStore connections,
    TransactionTally tally,
    AppCatalog apps,
    TimeProvider time
)
{
    public async Task<IResult> BudgetAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        var used = await tally.ReadByFlowAsync(connection.Company, now, cancellationToken);
        return Json.Ok(
            new TransactionBudget(
                now.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                used.Total,
                connection.Settings.Intacct.MonthlyTransactions,
                Forecast(used.Total, now),
                [.. used.ByFlow.Select(f => new FlowBudget(f.Key, f.Value.Reads, f.Value.Writes))]
            )
        );
    }

    public async Task<IResult> RoleAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        return Json.Ok(apps.Of(connection).Role(connection.Settings));
    }

    /// <summary>
    /// What the month comes to if it goes on as it went so far. On its first day, the day counts as a whole one. Pure.
    /// </summary>
    internal static long Forecast(long used, DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        var days = DateTime.DaysInMonth(utc.Year, utc.Month);
        var passed = Math.Max(1, (utc - new DateTime(utc.Year, utc.Month, 1, 0, 0, 0, DateTimeKind.Utc)).TotalDays);
        return Math.Max(used, (long)Math.Round(used / passed * days, MidpointRounding.AwayFromZero));
    }
}

/// <summary>What the company's transactions of a month are held against.</summary>
/// <param name="Month">As <c>2026-01</c>, UTC.</param>
/// <param name="Transactions">Used so far, by all connections of the company.</param>
/// <param name="Allowance">What its contract includes, as the connection's document says.</param>
/// <param name="Forecast">What the month comes to if it goes on so.</param>
/// <param name="ByFlow">What they were used for.</param>
internal sealed record TransactionBudget(
    string Month,
    long Transactions,
    int Allowance,
    long Forecast,
    IReadOnlyList<FlowBudget> ByFlow
);

/// <summary>What a flow used up.</summary>
/// <param name="Flow">
/// A flow, or <c>reconcile</c>, <c>preview</c> or <c>rebuild</c>, or <c>other</c> for what is of no flow.
/// </param>
/// <param name="Reads">By reading.</param>
/// <param name="Writes">By writing.</param>
internal sealed record FlowBudget(string Flow, long Reads, long Writes);
