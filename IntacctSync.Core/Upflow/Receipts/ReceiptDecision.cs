using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
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
    /// <param name="MayBePosted">Whether it may have been posted before its row was lost.</param>
    public sealed record Skip(string Reason, bool Unseen = false, bool MayBePosted = false) : ReceiptDecision;

    /// <summary>It is posted, and both sides are equal.</summary>
    public sealed record Unchanged(string Detail) : ReceiptDecision;

    /// <summary>It is to be posted.</summary>
    public sealed record Post(PaymentFields Fields) : ReceiptDecision;

    /// <summary>What was posted is to be taken back.</summary>
    public sealed record Reverse(DateOnly Date, string Reason) : ReceiptDecision;

    /// <summary>A person is needed, or it is waited for something.</summary>
    public sealed record Reject(Failure Failure) : ReceiptDecision;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="facts">As Upflow has it; null when it may be taken for deleted there.</param>
    /// <param name="settings">Of the connection.</param>
    /// <param name="startDate">Payments with an earlier date are left out, unless their invoices are ours and owe
    /// it.</param>
    /// <param name="requested">Whether a person asked for it, so that its date does not matter.</param>
    /// <param name="offUntil">When receipts were switched on, if they were off before: what was taken until then has
    /// been entered by hand, if at all.</param>
    /// <param name="waiting">How long it has waited.</param>
    public static ReceiptDecision For(
        KeyMapEntry entry,
        ReceiptFacts? facts,
        ReceiptSettings settings,
        DateOnly startDate,
        bool requested,
        DateTimeOffset? offUntil = null,
        TimeSpan waiting = default
    )
    {
        if (facts is null)
            return entry.TargetId is null
                ? new Skip("Upflow has not shown it for an hour, and it was never posted.", Unseen: true)
                : Rejected(PostedProblems.Gone(entry));
        if (facts is { Unreadable: { } why, Payment.ExternalId: null, HasFailed: false })
            return Rejected(ReceiptProblems.Unreadable(facts.Title, why));
        if (entry.TargetId is not null)
            return OfPosted(entry, facts, waiting);
        if (NoReceipt(facts) is { } reason)
            return new Skip(reason, MayBePosted: facts.Payment.ExternalId is null && facts.IsUndone);
        return requested ? Unposted(facts, settings, waiting)
            : offUntil is { } on
            && facts.State != ReceiptState.UnderWay
            && (ReceiptNames.IsFromBefore(entry) || facts.IsFromBefore(on))
                ? OfBefore(facts, on)
            : facts.Payment.ValidatedAt is { } day && day < startDate && !facts.IsOwed
                ? new Skip(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"It is dated {day:yyyy-MM-dd}, before the start of the connection on {startDate:yyyy-MM-dd}, "
                            + $"and no invoice of this connection owes it in Intacct."
                    ),
                    MayBePosted: true
                )
            : Unposted(facts, settings, waiting);
    }

    /// <summary>Why it is never posted; null where it may be.</summary>
    private static string? NoReceipt(ReceiptFacts facts) =>
        facts.Payment.ExternalId is not null ? "It came from accounting and was not taken in Upflow."
        : facts.Amount <= 0 ? "It has no amount."
        : facts.HasFailed ? "It failed before it was posted."
        : facts.Refunded >= facts.Amount ? "It was paid back before it was posted."
        : null;

    /// <summary>
    /// What was taken while receipts were off has been entered by hand, if at all. Where its invoices owe it still, a
    /// person is asked whether it has.
    /// </summary>
    private static ReceiptDecision OfBefore(ReceiptFacts facts, DateTimeOffset switchedOn)
    {
        var when = string.Create(CultureInfo.InvariantCulture, $"{switchedOn:yyyy-MM-dd} at {switchedOn:HH:mm} UTC");
        return facts.IsOwed
            ? Rejected(ReceiptProblems.FromBefore(facts, when))
            : new Skip(
                $"It was taken before receipts were switched on, on {when}: it may have been entered by hand. A retry "
                    + "posts it.",
                MayBePosted: true
            );
    }

    private static ReceiptDecision Unposted(ReceiptFacts facts, ReceiptSettings settings, TimeSpan waiting)
    {
        if (facts.Refunded > 0)
            return Rejected(ReceiptProblems.RefundedInPart(facts));
        if (facts.RefundUnderWay > 0)
            return OfRefundUnderWay(facts, waiting);
        if (facts.State == ReceiptState.UnderWay)
            return waiting >= ReceiptProblems.LongestUnderWay
                ? Rejected(ReceiptProblems.LeftUnderWay(facts))
                : Later(ReceiptProblems.UnderWay(facts));
        if (ReceiptProblems.NotAllLinked(facts) is { } reason)
            return facts.LostInvoices.Count > 0 ? Rejected(ReceiptProblems.InvoiceGone(facts))
                : waiting >= ReceiptProblems.LongestWait ? Rejected(ReceiptProblems.LeftUnlinked(facts, reason))
                : Later(reason);
        if (!UpflowMoney.IsCurrency(facts.Currency))
            return Rejected(ReceiptProblems.WithoutCurrency(facts));
        if (facts.Parts.FirstOrDefault(p => p.IsInOtherCurrency(facts.Currency)) is { } other)
            return Rejected(ReceiptProblems.InOtherCurrency(facts, other));
        if (facts.Parts.Any(p => UpflowMoney.FromSmallest(p.Amount, facts.Currency) is var a && a != Math.Round(a, 2)))
            return Rejected(ReceiptProblems.Uneven(facts));
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

    private static ReceiptDecision OfRefundUnderWay(ReceiptFacts facts, TimeSpan waiting) =>
        waiting >= ReceiptProblems.LongestUnderWay
            ? Rejected(ReceiptProblems.LeftRefundUnderWay(facts))
            : Later(ReceiptProblems.RefundUnderWay(facts));

    private static ReceiptDecision OfPosted(KeyMapEntry entry, ReceiptFacts facts, TimeSpan waiting)
    {
        if (facts.Posted is null)
            return new Reject(
                new Failure(FailureClass.Data, PostedProblems.PostedMissing(entry, facts)) { MayPass = true }
            );
        if (facts.Earlier.Count > 0)
            return Rejected(PostedProblems.PostedTwice(entry, facts));
        if (PaymentStates.Of(facts.Posted) is PaymentState.Unknown)
            return Rejected(PostedProblems.OfUnknownState(entry, facts));
        var reversed = PaymentStates.IsTakenBack(facts.Posted);
        return (facts.IsUndone, reversed) switch
        {
            (true, true) => new Unchanged(
                facts.HasFailed ? "It failed afterwards and is reversed." : "It is paid back and reversed."
            ),
            (true, false) => Undone(facts),
            (false, false) when facts.RefundUnderWay > 0 => OfRefundUnderWay(facts, waiting),
            _ when facts.Refunded > 0 => Rejected(ReceiptProblems.RefundedInPart(facts)),
            (_, true) when facts.IsHeldByFailedRefund => Rejected(PostedProblems.RefundFailed(entry, facts)),
            (_, true) => Rejected(PostedProblems.ReversedByHand(entry, facts)),
            _ => OfCounting(entry, facts),
        };
    }

    /// <summary>Reversed on the day on which it was undone, and never before the payment itself.</summary>
    private static ReceiptDecision Undone(ReceiptFacts facts)
    {
        var paid = facts.Posted!.ReceiptDate ?? facts.Payment.ValidatedAt;
        return (facts.UndoneOn > paid ? facts.UndoneOn : paid ?? facts.UndoneOn) is { } date
            ? new Reverse(date, facts.HasFailed ? "Failed in Upflow" : "Paid back in Upflow")
            : Rejected(ReceiptProblems.WithoutDate(facts));
    }

    /// <summary>
    /// Both sides may have been changed since it was posted. Where they agree, it does not matter which of them was.
    /// </summary>
    private static ReceiptDecision OfCounting(KeyMapEntry entry, ReceiptFacts facts)
    {
        if (Counts(facts.Posted!) && facts.IsPostedAsLinked)
            return new Unchanged("Both sides are equal.");
        if (facts.IsHeldByFailedRefund)
            return Rejected(PostedProblems.RefundFailed(entry, facts));
        if (entry.Hash is not null && entry.Hash != facts.Hash)
            return Rejected(PostedProblems.LinksChanged(entry, facts));
        return facts is { IsPostedLately: true, IsPostedInPart: true } && Counts(facts.Posted!)
            ? new Reject(
                new Failure(FailureClass.Throttled, PostedProblems.NotShownYet(entry, facts), AbsenceVerdict.Apart)
            )
            // What it was applied to may not be visible yet.
            : new Reject(
                new Failure(FailureClass.Data, PostedProblems.ChangedInIntacct(entry, facts)) { MayPass = true }
            );
    }

    private static bool Counts(PaymentRecord posted) => PaymentStates.Of(posted) == PaymentState.Complete;

    private static PaymentFields FieldsOf(ReceiptFacts facts, ReceiptSettings settings, DateOnly date) =>
        new()
        {
            FinancialEntity = settings.BankAccountId,
            UndepositedAccountNo = settings.UndepositedFundsAccountNo,
            PaymentMethod = MethodOf(facts.Payment.Instrument, settings),
            CustomerId = facts.CustomerId!,
            DocNumber = facts.DocNumber,
            Description = ReceiptKey.DescriptionOf(facts.Id),
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

    private static Reject Later(Problem problem) =>
        new(new Failure(FailureClass.Throttled, problem, ReceiptProblems.LookAgain));

    private static Reject Rejected(Problem problem) => new(new Failure(FailureClass.Data, problem));
}
