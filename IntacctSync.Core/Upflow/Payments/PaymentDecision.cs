using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// What is to be done for a payment, from what stands of it in Upflow and what Intacct says of it now.
/// </summary>
internal abstract record PaymentDecision
{
    /// <summary>RECORDTYPE of an advance among the payments (developer.intacct.com, Queries).</summary>
    public const string Advance = "rr";

    private PaymentDecision() { }

    /// <summary>Nothing of it stands in Upflow, and nothing is to.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Waits">What else may have it looked at again, by the names that its row keeps.</param>
    public sealed record Skip(string Reason, params IReadOnlyList<string> Waits) : PaymentDecision;

    /// <summary>This is to stand in Upflow.</summary>
    public sealed record Carry(WantedStanding Wanted, params IReadOnlyList<string> Waits) : PaymentDecision;

    /// <summary>Nothing is done; a person is needed, or another look.</summary>
    public sealed record Reject(Failure Failure) : PaymentDecision;

    /// <summary>Nothing is done until it is known what becomes of a receipt; it is looked at again then.</summary>
    public sealed record Hold(ParentKey Receipt, Failure Failure) : PaymentDecision;

    /// <summary>Pure.</summary>
    /// <param name="standing">What stands of it.</param>
    /// <param name="facts">As Intacct has it; null when Intacct does not show it.</param>
    /// <param name="startDate">Payments with an earlier date are left out, unless they pay, or are paid by, something
    /// that is in Upflow.</param>
    /// <param name="requested">Whether a person asked for it, so that its date does not matter.</param>
    /// <param name="knownDeleted">Whether Intacct's audit history says that it was deleted.</param>
    public static PaymentDecision For(
        Standing standing,
        PaymentFacts? facts,
        DateOnly startDate,
        bool requested,
        bool knownDeleted
    )
    {
        if (facts is null)
            return standing.IsEmpty ? new Skip("It is deleted in Intacct and was never in Upflow.")
                : knownDeleted ? new Carry(new WantedStanding())
                : Rejected(PaymentProblems.Missing());
        if (facts.Payment.RecordType == Advance)
            return new Skip("It is an advance, which is carried over as such.");
        var shown = facts.Payment.DisplayState ?? facts.Payment.State;
        return PaymentStates.Of(facts.Payment) switch
        {
            PaymentState.Reversal => new Skip("It is the reversal of another payment, which has its refund itself."),
            PaymentState.Reversed when standing.IsEmpty => new Skip(
                "It is reversed in Intacct and was never in Upflow."
            ),
            PaymentState.Reversed => new Carry(PaymentPicture.OfReversed(facts, standing)),
            PaymentState.Draft when standing.IsEmpty => new Skip("It is a draft: nothing is paid yet."),
            PaymentState.Draft => new Carry(new WantedStanding()),
            PaymentState.Unsettled when standing.IsEmpty => new Skip(
                $"It is in the state '{shown}', which does not count yet."
            ),
            PaymentState.Unsettled or PaymentState.Unknown => Rejected(
                PaymentProblems.UnknownState(facts, shown, !standing.IsEmpty)
            ),
            _ => Complete(standing, facts, startDate, requested),
        };
    }

    /// <summary>
    /// Of a payment that was taken in Upflow, and posted by another program or before rows were lost.
    /// </summary>
    public static PaymentDecision IsTaken { get; } =
        new Skip("It was taken in Upflow, where it is already.", KnownCounterparts.Taken);

    /// <summary>Of a payment that was, or may have been, taken in Upflow. Pure.</summary>
    /// <param name="standing">What stands of it.</param>
    /// <param name="receipt">The receipt that it is, or may be while its own payment is not known.</param>
    /// <param name="synced">Whether receipts are synced.</param>
    public static PaymentDecision OfTaken(Standing standing, KeyMapEntry receipt, bool synced) =>
        receipt.TargetId is null
            ? new Hold(
                new ParentKey(receipt.Key.Flow, receipt.Key.SourceId),
                new Failure(
                    FailureClass.Throttled,
                    PaymentProblems.MayBeTaken(receipt),
                    synced ? TimeSpan.FromMinutes(2) : TimeSpan.FromHours(6)
                )
            )
        : standing.IsEmpty ? IsTaken
        : new Carry(new WantedStanding(), KnownCounterparts.Taken);

    private static PaymentDecision Complete(Standing standing, PaymentFacts facts, DateOnly startDate, bool requested)
    {
        if (facts.Payment.CustomerId is null)
            return Rejected(PaymentProblems.WithoutCustomer(facts, !standing.IsEmpty));
        if ((facts.Payment.ReceiptDate ?? facts.Payment.WhenPaid) is not { } date)
            return Rejected(PaymentProblems.WithoutDate(facts));
        if (facts is { Details: ShownDetails.Some, Parts.Count: 0 })
            return NotWhole(facts);
        if (facts.InOtherCurrency is { } other)
            return Rejected(PaymentProblems.InOtherCurrency(facts, other.Record, other.Currency, !standing.IsEmpty));
        if (facts.OfUnknownCurrency is { } unknown)
            return new Reject(
                new Failure(FailureClass.Data, PaymentProblems.OfUnknownCurrency(facts, unknown)) { MayPass = true }
            );
        var names = PaymentFacts
            .References(facts.Payment, facts.Parts)
            .Where(facts.Known.IsLeftOut)
            .Select(r => r.ToString())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (standing.IsEmpty && !requested && date < startDate && !ConcernsUpflow(facts))
            return new Skip(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is dated {date:yyyy-MM-dd}, before the start of the connection on {startDate:yyyy-MM-dd}, and "
                        + $"pays nothing that is in Upflow."
                ),
                names
            );
        if (PaymentRounding.Uneven(facts) is { } uneven)
            return Rejected(PaymentProblems.Uneven(facts, uneven.Part.Amount, uneven.At, !standing.IsEmpty));
        var wanted = PaymentPicture.Of(facts);
        if (
            facts.Details == ShownDetails.Some
            || (facts.Details != ShownDetails.All && StandingStep.TakesBack(standing, wanted))
        )
            return NotWhole(facts);
        return wanted.IsEmpty && standing.IsEmpty && !facts.IsAwaiting
            ? new Skip(
                facts.AppliesTaken
                    ? "It applies what was taken in Upflow, and that pays there what it is linked to there."
                    : "All of it went to invoices that are not in Upflow.",
                names
            )
            : new Carry(wanted, names);
    }

    private static bool ConcernsUpflow(PaymentFacts facts) =>
        facts.Parts.Any(p =>
            !facts.Known.IsLeftOut(PaymentFacts.Receivable(p))
            || (PaymentFacts.CreditOf(p) is { } credit && facts.Known.TargetOf(credit) is not null)
        );

    /// <summary>
    /// What Intacct does not show is no proof that it was taken back. A query may show a detail late, so it is looked
    /// at again before a person is asked.
    /// </summary>
    private static Reject NotWhole(PaymentFacts facts) =>
        new(new Failure(FailureClass.Data, PaymentProblems.WithoutDetails(facts)) { MayPass = true });

    private static Reject Rejected(Problem problem) => new(new Failure(FailureClass.Data, problem));
}
