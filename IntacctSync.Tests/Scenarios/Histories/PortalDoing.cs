using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// What customers and people do in Upflow: payments are taken in the portal and paid back. Nothing is done where the
/// history's connection does not carry them to Intacct.
/// </summary>
internal sealed class PortalDoing(ReceivablesRoad road, string numbers = "pi_")
{
    private const string Description = "Taken in Upflow";

    private static readonly string[] Instruments = ["CARD", "CHECK", "CASH", "WIRE_TRANSFER", "DIRECT_DEBIT"];

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
                "payInPortal" => Pay(random, rest: 0),
                "restInPortal" => Pay(random, random.Next(1, 5000)),
                "takeInPortal" => Take(random),
                "linkInPortal" => Link(random),
                "unlinkInPortal" => WithTaken(random, id => road.Upflow.Screens.Unlink(id)),
                "refundInPortal" => WithTaken(random, PayBack),
                "refundPartInPortal" => WithTaken(random, id => PayBackPart(id, random)),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            // Upflow refused it.
            return false;
        }
    }

    /// <summary>Whether a payment that was taken in Upflow is not paid back.</summary>
    public static bool IsLeft(ReceivablesRoad road, string payment) => new PortalDoing(road).Left(payment) > 0;

    /// <summary>Pays back what a person must decide about, as its text says.</summary>
    public void PayBack(string payment)
    {
        if (Left(payment) is > 0 and var left)
            road.Upflow.Screens.Refund(payment, left);
    }

    private bool Pay(Random random, long rest)
    {
        var open = Open(random);
        if (open.Count == 0)
            return false;
        var paid = open.Where(i => Of(i) == Of(open[0])).Take(random.Next(1, 3)).ToList();
        road.Upflow.Screens.PayInPortal(
            paid.Select(i =>
                (
                    Id(i),
                    random.Next(2) == 0
                        ? (long?)null
                        : Payable(random.NextInt64(1, road.Upflow.Screens.Outstanding(Id(i)) + 1), i)
                )
            ),
            Payable(rest, paid[0]),
            Instruments[random.Next(Instruments.Length)],
            Reference()
        );
        return true;
    }

    /// <summary>
    /// An amount that Intacct can hold too, which keeps two decimals of a dinar's three; what it can't is asked about.
    /// </summary>
    private static long Payable(long amount, JsonObject invoice) =>
        Of(invoice).Currency == "KWD" ? (amount + 9) / 10 * 10 : amount;

    /// <summary>Money that nobody has said yet what it is for.</summary>
    private bool Take(Random random)
    {
        var open = Open(random);
        if (open.Count == 0)
            return false;
        road.Upflow.Screens.TakePayment(
            Of(open[0]).Customer,
            Payable(random.Next(1, 50000), open[0]),
            Of(open[0]).Currency,
            reference: Reference()
        );
        return true;
    }

    private bool Link(Random random)
    {
        var loose = Taken().Where(p => Unlinked(p) > 0).ToList();
        if (loose.Count == 0)
            return false;
        var payment = loose[random.Next(loose.Count)];
        var of = (payment["customer"]?["id"]?.ToString() ?? "", payment["currency"]!.ToString());
        if (Open(random).Find(i => Of(i) == of) is not { } invoice)
            return false;
        road.Upflow.Screens.Link(
            Id(payment),
            Id(invoice),
            Math.Min(Unlinked(payment), road.Upflow.Screens.Outstanding(Id(invoice)))
        );
        return true;
    }

    private void PayBackPart(string payment, Random random)
    {
        if (Left(payment) is > 1 and var left)
            road.Upflow.Screens.Refund(payment, random.NextInt64(1, left));
    }

    private bool WithTaken(Random random, Action<string> act)
    {
        var taken = Taken();
        if (taken.Count == 0)
            return false;
        act(Id(taken[random.Next(taken.Count)]));
        return true;
    }

    private List<JsonObject> Open(Random random) =>
        [
            .. road
                .Upflow.Screens.Records("invoices")
                .Where(i => road.Upflow.Screens.Outstanding(Id(i)) > 0)
                .OrderBy(_ => random.Next()),
        ];

    private List<JsonObject> Taken() =>
        [.. road.Upflow.Screens.Records("payments").Where(p => p["externalId"] is null)];

    private long Unlinked(JsonObject payment) => road.Upflow.Screens.Unlinked("payments", Id(payment));

    /// <summary>What is not paid back of a payment.</summary>
    private long Left(string payment) =>
        (long)road.Upflow.Screens.Record("payments", payment)!["amount"]!
        - road.Upflow.Screens.Records("refunds")
            .SelectMany(r => r["linkedTransactions"]!.AsArray())
            .Where(l => l!["transaction"]!["id"]!.ToString() == payment)
            .Sum(l => (long)l!["linkedAmount"]!);

    private string Reference() => string.Create(CultureInfo.InvariantCulture, $"{numbers}{++_count}");

    private static string Id(JsonObject record) => record["id"]!.ToString();

    private static (string Customer, string Currency) Of(JsonObject invoice) =>
        (invoice["customerId"]?.ToString() ?? "", invoice["currency"]!.ToString());
}
