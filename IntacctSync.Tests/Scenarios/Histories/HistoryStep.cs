namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>One thing that happens.</summary>
/// <param name="What">What it is.</param>
/// <param name="Seed">Of whatever is left to chance within it, so that it stays the same when others are left
/// out.</param>
internal sealed record HistoryStep(string What, int Seed)
{
    private static readonly (string What, int Weight)[] Kinds =
    [
        ("organization", 4),
        ("renameOrganization", 3),
        ("deactivateOrganization", 1),
        ("activateOrganization", 2),
        ("deleteOrganization", 1),
        ("restoreOrganization", 1),
        ("customer", 4),
        ("ownCustomer", 2),
        ("renameCustomer", 3),
        ("deactivateCustomer", 1),
        ("activateCustomer", 2),
        ("deleteCustomer", 1),
        ("restoreCustomer", 1),
        ("invoice", 6),
        ("draft", 2),
        ("issue", 3),
        ("priceInvoice", 4),
        ("addLine", 2),
        ("cancelInvoice", 2),
        ("deleteInvoice", 1),
        ("payInZuper", 1),
        ("item", 2),
        ("editItem", 2),
        ("deactivateItem", 1),
        ("activateItem", 1),
        ("pay", 6),
        ("payTwo", 3),
        ("reversePayment", 4),
        ("time", 6),
        ("work", 8),
        ("poll", 4),
        ("fault", 4),
        ("crash", 1),
    ];

    /// <summary>So that there is something to change from the first.</summary>
    private static readonly string[] Beginning =
    [
        "organization",
        "organization",
        "customer",
        "invoice",
        "invoice",
        "invoice",
        "item",
        "work",
    ];

    /// <summary>A history at random, always the same for a seed.</summary>
    public static List<HistoryStep> History(int seed, int length)
    {
        var random = new Random(seed);
        var weights = Kinds.Sum(k => k.Weight);
        List<HistoryStep> steps = [.. Beginning.Select((what, i) => new HistoryStep(what, seed + i))];
        while (steps.Count < length)
        {
            var at = random.Next(weights);
            steps.Add(new HistoryStep(Kinds.First(k => (at -= k.Weight) < 0).What, random.Next()));
        }

        return steps;
    }

    public override string ToString() => What;
}
