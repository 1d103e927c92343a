using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow.CreditNotes;

/// <summary>
/// What is to be done for a credit, from what stands of it in Upflow and what Intacct says of it now. What it pays is
/// told by payments, which link it; only the note of a reversed invoice is linked here.
/// </summary>
internal abstract record CreditDecision
{
    private CreditDecision() { }

    /// <summary>Nothing of it stands in Upflow, and nothing is to.</summary>
    public sealed record Skip(string Reason, params IReadOnlyList<string> Waits) : CreditDecision;

    /// <summary>This is to stand in Upflow.</summary>
    public sealed record Carry(WantedStanding Wanted) : CreditDecision;

    /// <summary>Nothing is done; a person is needed.</summary>
    public sealed record Reject(Problem Problem) : CreditDecision;

    /// <summary>Pure.</summary>
    /// <param name="standing">What stands of it.</param>
    /// <param name="facts">As Intacct has it; null when Intacct does not show it.</param>
    /// <param name="startDate">Credits with an earlier date are left out.</param>
    /// <param name="requested">Whether a person asked for it, so that its date does not matter.</param>
    /// <param name="knownDeleted">Whether Intacct's audit history says that it was deleted.</param>
    public static CreditDecision For(
        Standing standing,
        CreditFacts? facts,
        DateOnly startDate,
        bool requested,
        bool knownDeleted
    )
    {
        if (facts is null)
            return standing.IsEmpty ? new Skip("It is deleted in Intacct and was never in Upflow.")
                : knownDeleted ? new Carry(new WantedStanding())
                : new Reject(Missing);
        return facts.State switch
        {
            "REVERSAL" => new Skip("It is the reversal of another document, which is settled itself."),
            "REVERSED" when facts.IsReversedInvoice => OfReversedInvoice(standing, facts),
            _ when facts.Total >= 0 => NoCredit(standing, "It is owed, and so is no credit note."),
            "DRAFT" or "NO VALUE" or "" => NoCredit(standing, "It is a draft: nothing is credited yet."),
            "REVERSED" when standing.IsEmpty => new Skip("It is reversed in Intacct and was never in Upflow."),
            "REVERSED" => new Carry(Reversed(facts)),
            _ => Posted(standing, facts, startDate, requested),
        };
    }

    private static CreditDecision NoCredit(Standing standing, string reason) =>
        standing.IsEmpty ? new Skip(reason) : new Carry(new WantedStanding());

    private static CreditDecision Posted(Standing standing, CreditFacts facts, DateOnly startDate, bool requested)
    {
        if (ProblemOf(facts) is { } problem)
            return new Reject(problem);
        if (standing.IsEmpty && !requested && facts.Head.Date < startDate)
            return new Skip(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is dated {facts.Head.Date:yyyy-MM-dd}, before the start of the connection on "
                        + $"{startDate:yyyy-MM-dd}."
                )
            );
        var wanted = new WantedStanding();
        PutNote(facts, wanted, -facts.Total, "");
        return new Carry(wanted);
    }

    /// <summary>
    /// The invoice stays in Upflow, and a credit note over all of it settles it. An invoice that is not there needs
    /// none.
    /// </summary>
    private static CreditDecision OfReversedInvoice(Standing standing, CreditFacts facts)
    {
        if (facts.Known.IsLeftOut(facts.Invoice))
            return standing.IsEmpty
                ? new Skip("The invoice was reversed and is not in Upflow.", facts.Invoice.ToString())
                : new Carry(new WantedStanding());
        if (ProblemOf(facts) is { } problem)
            return new Reject(problem);
        var wanted = new WantedStanding();
        PutNote(facts, wanted, facts.Total, "Reversal of ", facts.ReversedOn);
        if (facts.Known.TargetOf(facts.Invoice) is { } invoice)
            wanted.Put(
                StandingKey.Applied(facts.SourceId),
                new StandingLink(
                    LinkEnd.Of(UpflowKind.Invoice, invoice),
                    LinkEnd.Own(UpflowKind.CreditNote, facts.ExternalId),
                    facts.Total
                )
            );
        return new Carry(wanted);
    }

    /// <summary>The credit note stands, and a refund takes all of it back.</summary>
    private static WantedStanding Reversed(CreditFacts facts)
    {
        var wanted = new WantedStanding();
        PutNote(facts, wanted, -facts.Total, "");
        var refund = StandingKey.ExternalId(facts.ExternalId, StandingKey.Reversal);
        wanted.Put(
            StandingKey.Reversal,
            new StandingDocument.Refund(
                new UpflowPayment
                {
                    ExternalId = refund,
                    Currency = facts.Currency,
                    Amount = -facts.Total,
                    ValidatedAt = facts.ReversedOn ?? facts.Head.Date ?? DateOnly.MinValue,
                    Customer = CustomerOf(facts),
                }
            )
        );
        wanted.Put(
            StandingKey.Reversal,
            new StandingLink(
                LinkEnd.Own(UpflowKind.Refund, refund),
                LinkEnd.Own(UpflowKind.CreditNote, facts.ExternalId),
                -facts.Total
            )
        );
        return wanted;
    }

    private static void PutNote(
        CreditFacts facts,
        WantedStanding wanted,
        long amount,
        string prefix,
        DateOnly? reversedOn = null
    )
    {
        var date = reversedOn ?? facts.Head.Date ?? DateOnly.MinValue;
        wanted.Put(
            StandingKey.Main,
            new StandingDocument.CreditNote(
                new UpflowDocument
                {
                    ExternalId = facts.ExternalId,
                    CustomId = IntacctText.Cut(prefix + facts.Title, 100),
                    IssuedAt = date,
                    DueDate = reversedOn ?? facts.Head.DueDate ?? date,
                    Name = IntacctText.Cut(prefix + (facts.Head.Description ?? facts.Title), 200),
                    Currency = facts.Currency,
                    GrossAmount = amount,
                    NetAmount = facts.Net is { } net ? UpflowMoney.ToSmallest(Math.Abs(net), facts.Currency) : amount,
                    Customer = CustomerOf(facts),
                    CustomFields = facts.CustomFields,
                }
            )
        );
    }

    private static UpflowReference CustomerOf(CreditFacts facts) =>
        facts.Known.TargetOf(facts.Customer) is { } target
            ? new UpflowReference(target)
            : UpflowReference.OfExternalId(facts.Customer.SourceId);

    private static Problem? ProblemOf(CreditFacts facts) =>
        facts.Head.Date is null
            ? new Problem(
                "credit-note-without-date",
                $"Credit {facts.Title} has no date.",
                "Give it one in Intacct, then retry."
            )
        : facts.Head.CustomerId is null
            ? new Problem(
                "credit-note-without-customer",
                $"Credit {facts.Title} names no customer.",
                "Give it one in Intacct, then retry."
            )
        : facts.FieldProblem;

    private static Problem Missing { get; } =
        new(
            "credit-note-missing",
            "The credit stands in Upflow and is not shown by Intacct, whose audit history does not tell that it was "
                + "deleted.",
            "Check that the connection's user still sees it, then retry. If it is deleted, delete it in Upflow by "
                + "hand and ignore it."
        );
}
