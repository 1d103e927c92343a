namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>One thing that happens to receivables, or to the road that carries them to Upflow.</summary>
/// <param name="What">What it is.</param>
/// <param name="Seed">Of whatever is left to chance within it, so that it stays the same when others are left
/// out.</param>
internal sealed record ReceivablesStep(string What, int Seed)
{
    private static readonly (string What, int Weight)[] Kinds =
    [
        ("invoice", 7),
        ("currencyInvoice", 3),
        ("draftInvoice", 1),
        ("submitInvoice", 3),
        ("debitMemo", 2),
        ("creditMemo", 4),
        ("negativeInvoice", 2),
        ("advance", 3),
        ("taxInvoice", 2),
        ("taxMemo", 1),
        ("order", 3),
        ("editOrder", 4),
        ("pay", 7),
        ("payTwo", 4),
        ("payTooMuch", 4),
        ("discount", 4),
        ("mixed", 3),
        ("writeOff", 3),
        ("deposit", 3),
        ("payDraft", 2),
        ("applyMemo", 4),
        ("applyNegative", 7),
        ("applyAdvance", 7),
        ("applyRest", 4),
        ("changeApplication", 7),
        ("removeApplication", 4),
        ("editPayment", 3),
        ("reversePayment", 5),
        ("backToDraft", 2),
        ("submitDraft", 9),
        ("deleteDraft", 1),
        ("reverseInvoice", 5),
        ("deleteInvoice", 4),
        ("editInvoice", 3),
        ("editPaidInvoice", 2),
        ("reverseMemo", 2),
        ("deleteMemo", 1),
        ("editMemo", 2),
        ("renameCustomer", 1),
        ("reparent", 2),
        ("deactivate", 1),
        ("activate", 1),
        ("contact", 1),
        ("email", 1),
        ("noEmail", 1),
        ("sharedEmail", 2),
        ("renameContact", 1),
        ("shareContact", 2),
        ("detachContacts", 1),
        ("payInPortal", 8),
        ("restInPortal", 2),
        ("takeInPortal", 5),
        ("linkInPortal", 7),
        ("unlinkInPortal", 2),
        ("refundInPortal", 4),
        ("refundPartInPortal", 2),
        ("settings", 5),
        ("poll", 10),
        ("backfill", 4),
        ("work", 5),
        ("time", 3),
        ("fault", 6),
        ("crash", 2),
        ("dieAtAStep", 4),
        ("quiet", 7),
    ];

    /// <summary>So that there is something to change from the first.</summary>
    private static readonly string[] Beginning =
    [
        "contact",
        "invoice",
        "contact",
        "invoice",
        "creditMemo",
        "pay",
        "order",
        "poll",
    ];

    /// <summary>A history at random, always the same for a seed.</summary>
    public static List<ReceivablesStep> History(int seed, int length)
    {
        var random = new Random(seed);
        var weights = Kinds.Sum(k => k.Weight);
        List<ReceivablesStep> steps = [.. Beginning.Select((what, i) => new ReceivablesStep(what, seed + i))];
        while (steps.Count < length)
        {
            var at = random.Next(weights);
            steps.Add(new ReceivablesStep(Kinds.First(k => (at -= k.Weight) < 0).What, random.Next()));
        }

        return steps;
    }

    public override string ToString() => What;
}
