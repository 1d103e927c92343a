using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// What customers and people do in Upflow: payments are taken in the portal and paid back. Nothing is done where the
/// history's connection does not carry them to Intacct.
/// </summary>
internal sealed class PortalDoing(ReceivablesRoad road)
{
    private const string Description = "Taken in Upflow";

    private int _count;

    /// <summary>Whether a payment in Intacct is one that was taken in Upflow.</summary>
    public static bool IsTaken(IReadOnlyDictionary<string, string> payment) =>
        payment.GetValueOrDefault("DESCRIPTION", "").StartsWith(Description, StringComparison.Ordinal);

    /// <returns>False where there was nothing that it could be done to.</returns>
    public bool Enter(string what, Random random)
    {
        if (!road.TakesReceipts)
            return false;
        try
        {
            return what switch
            {
                "payInPortal" => Pay(random),
                "refundInPortal" => Refund(random),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            // Upflow refused it.
            return false;
        }
    }

    /// <summary>Pays back what a person must decide about, as its text says.</summary>
    public void PayBack(string payment)
    {
        var left =
            (long)road.Upflow.Screens.Record("payments", payment)!["amount"]!
            - road.Upflow.Screens.Records("refunds")
                .SelectMany(r => r["linkedTransactions"]!.AsArray())
                .Where(l => l!["transaction"]!["id"]!.ToString() == payment)
                .Sum(l => (long)l!["linkedAmount"]!);
        if (left > 0)
            road.Upflow.Screens.Refund(payment, left);
    }

    private bool Pay(Random random)
    {
        var open = road
            .Upflow.Screens.Records("invoices")
            .Where(i => road.Upflow.Screens.Outstanding(Id(i)) > 0)
            .OrderBy(_ => random.Next())
            .ToList();
        if (open.Count == 0)
            return false;
        var paid = open.Where(i => Of(i) == Of(open[0])).Take(random.Next(1, 3)).ToList();
        road.Upflow.Screens.PayInPortal(
            paid.Select(i =>
                (
                    Id(i),
                    random.Next(2) == 0 ? (long?)null : random.NextInt64(1, road.Upflow.Screens.Outstanding(Id(i)) + 1)
                )
            ),
            reference: $"pi_{++_count}"
        );
        return true;
    }

    private bool Refund(Random random)
    {
        var taken = road.Upflow.Screens.Records("payments").Where(p => p["externalId"] is null).ToList();
        if (taken.Count == 0)
            return false;
        PayBack(Id(taken[random.Next(taken.Count)]));
        return true;
    }

    private static string Id(JsonObject record) => record["id"]!.ToString();

    private static (string, string) Of(JsonObject invoice) =>
        (invoice["customerId"]?.ToString() ?? "", invoice["currency"]!.ToString());
}
