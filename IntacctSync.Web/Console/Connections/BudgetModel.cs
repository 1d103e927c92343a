using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;

namespace IntacctSync.Web.Console.Connections;

/// <summary>What an Intacct company used of its transactions this month, and what they were used for.</summary>
public sealed record BudgetModel(
    string Month,
    long Used,
    long Allowance,
    long Forecast,
    IReadOnlyList<(string Name, long Reads, long Writes)> ByFlow
)
{
    internal static async Task<BudgetModel> ReadAsync(
        TransactionTally tally,
        Connection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var used = await tally.ReadByFlowAsync(connection.Company, now, cancellationToken);
        var app = connection.Settings.Profile;
        return new BudgetModel(
            now.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            used.Total,
            connection.Settings.Intacct.MonthlyTransactions,
            BudgetEndpoints.Forecast(used.Total, now),
            [
                .. used
                    .ByFlow.OrderByDescending(f => f.Value.Reads + f.Value.Writes)
                    .Select(f =>
                        (
                            PlainWords.Flow(app, f.Key) ?? RecordWords.Sentence(f.Key),
                            (long)f.Value.Reads,
                            (long)f.Value.Writes
                        )
                    ),
            ]
        );
    }
}
