using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>What is to be done in Intacct for a payment that was taken in Upflow.</summary>
internal abstract record ReceiptDecision
{
    private ReceiptDecision() { }

    /// <summary>Nothing is to be done, and nothing is posted.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Unseen">Whether Upflow does not show it: should it be shown again, that is news.</param>
    public sealed record Skip(string Reason, bool Unseen = false) : ReceiptDecision;

    /// <summary>It is posted, and both sides are equal.</summary>
    public sealed record Unchanged(string Detail) : ReceiptDecision;

    /// <summary>It is to be posted.</summary>
    public sealed record Post(PaymentFields Fields) : ReceiptDecision;

    /// <summary>What was posted is to be taken back.</summary>
    public sealed record Reverse(DateOnly Date) : ReceiptDecision;

    /// <summary>A person is needed, or it is waited for something.</summary>
    public sealed record Reject(Failure Failure) : ReceiptDecision;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="facts">As Upflow has it; null when it may be taken for deleted there.</param>
    /// <param name="settings">Of the connection.</param>
    /// <param name="startDate">Payments with an earlier date are left out.</param>
    /// <param name="requested">Whether a person asked for it, so that its date does not matter.</param>
    public static ReceiptDecision For(
        KeyMapEntry entry,
        ReceiptFacts? facts,
        ReceiptSettings settings,
        DateOnly startDate,
        bool requested
    )
    {
        if (facts is null)
            return entry.TargetId is null
                ? new Skip("Upflow has not shown it for an hour, and it was never posted.", Unseen: true)
                : Rejected(ReceiptProblems.Gone(entry));
        return entry.TargetId is null ? Unposted(facts, settings, startDate, requested) : OfPosted(entry, facts);
    }

    private static ReceiptDecision Unposted(
        ReceiptFacts facts,
        ReceiptSettings settings,
        DateOnly startDate,
        bool requested
    )
    {
        if (facts.Payment.ExternalId is not null)
            return new Skip("It came from accounting and was not taken in Upflow.");
        if (facts.Amount <= 0)
            return new Skip("It has no amount.");
        if (facts.Refunded >= facts.Amount)
            return new Skip("It was paid back before it was posted.");
        if (!requested && facts.Payment.ValidatedAt is { } day && day < startDate)
            return new Skip(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is dated {day:yyyy-MM-dd}, before the start of the connection on {startDate:yyyy-MM-dd}."
                )
            );
        if (facts.Refunded > 0)
            return Rejected(ReceiptProblems.RefundedInPart(facts));
        if (ReceiptProblems.NotAllLinked(facts) is { } reason)
            return new Reject(new Failure(FailureClass.Throttled, reason, ReceiptProblems.LookAgain));
        if (ReceiptProblems.OfSettings(settings) is { } problem)
            return Rejected(problem);
        if (
            facts.Payment.Instrument is { } instrument
            && !UpflowInstruments.All.Contains(instrument)
            && !settings.PaymentMethods.ContainsKey(instrument)
        )
            return Rejected(ReceiptProblems.WithoutMethod(facts, instrument));
        return facts.Payment.ValidatedAt is { } date
            ? new Post(FieldsOf(facts, settings, date))
            : Rejected(ReceiptProblems.WithoutDate(facts));
    }

    private static ReceiptDecision OfPosted(KeyMapEntry entry, ReceiptFacts facts)
    {
        if (facts.Posted is null)
            return new Reject(
                new Failure(FailureClass.Data, ReceiptProblems.PostedMissing(entry, facts)) { MayPass = true }
            );
        if (PaymentStates.Of(facts.Posted) is PaymentState.Unknown)
            return Rejected(ReceiptProblems.OfUnknownState(entry, facts));
        var reversed = PaymentStates.Of(facts.Posted) is PaymentState.Reversed or PaymentState.Reversal;
        return (facts.Refunded, reversed) switch
        {
            (var refunded, true) when refunded >= facts.Amount => new Unchanged("It is paid back and reversed."),
            (var refunded, false) when refunded >= facts.Amount => new Reverse(
                facts.RefundedOn is { } on && on > facts.Posted.ReceiptDate
                    ? on
                    : facts.Posted.ReceiptDate ?? facts.RefundedOn!.Value
            ),
            var (refunded, _) when refunded > 0 => Rejected(ReceiptProblems.RefundedInPart(facts)),
            (_, true) => Rejected(ReceiptProblems.ReversedByHand(entry, facts)),
            _ => OfCounting(entry, facts),
        };
    }

    /// <summary>
    /// Both sides may have been changed since it was posted. Where they agree, it does not matter which of them was.
    /// </summary>
    private static ReceiptDecision OfCounting(KeyMapEntry entry, ReceiptFacts facts)
    {
        if (PaymentStates.Of(facts.Posted!) == PaymentState.Complete && facts.IsPostedAsLinked)
            return new Unchanged("Both sides are equal.");
        return entry.Hash is not null && entry.Hash != facts.Hash
            ? Rejected(ReceiptProblems.LinksChanged(entry, facts))
            // What it was applied to may not be visible yet.
            : new Reject(
                new Failure(FailureClass.Data, ReceiptProblems.ChangedInIntacct(entry, facts)) { MayPass = true }
            );
    }

    private static PaymentFields FieldsOf(ReceiptFacts facts, ReceiptSettings settings, DateOnly date) =>
        new()
        {
            FinancialEntity = settings.BankAccountId,
            UndepositedAccountNo = settings.UndepositedFundsAccountNo,
            PaymentMethod = MethodOf(facts.Payment.Instrument, settings),
            CustomerId = facts.CustomerId!,
            DocNumber = facts.DocNumber,
            Description = "Taken in Upflow",
            ReceiptDate = date,
            Currency = facts.Currency,
            Lines =
            [
                .. facts.Parts.Select(p =>
                {
                    var adjustment = UpflowIds.Parse(p.SourceId!)?.RecordNo;
                    return new PaymentLine(
                        adjustment is null ? p.SourceId : null,
                        adjustment,
                        UpflowMoney.FromSmallest(p.Amount, facts.Currency)
                    );
                }),
            ],
        };

    /// <summary>Intacct's PAYMENTMETHOD for an instrument of Upflow.</summary>
    private static string MethodOf(string? instrument, ReceiptSettings settings) =>
        settings.PaymentMethods.GetValueOrDefault(instrument ?? UpflowInstruments.Unknown)
        ?? instrument switch
        {
            UpflowInstruments.Card => "Credit Card",
            UpflowInstruments.Check => "Printed Check",
            UpflowInstruments.Cash => "Cash",
            _ => "EFT",
        };

    private static Reject Rejected(Problem problem) => new(new Failure(FailureClass.Data, problem));
}
