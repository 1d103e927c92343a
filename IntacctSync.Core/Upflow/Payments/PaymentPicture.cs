using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// A payment that counts, as documents and links of Upflow: the money that came in, a credit note for each discount
/// that was taken, and a link for each pair of a credit and a receivable. Pure.
/// </summary>
/// <remarks>
/// Not everything that Intacct has is in Upflow: what is older than the connection's start is left out. A payment has
/// only the money that did not go to such receivables. A credit that went to one is used up by a refund; what a
/// receivable was given by a credit that is not in Upflow comes of a credit note. So what is open is the same on both
/// sides. What was taken in Upflow pays there what it is linked to there, so its applications are not carried: whether
/// both are the same, its receipt says.
/// </remarks>
internal static class PaymentPicture
{
    /// <summary>Of a payment that counts.</summary>
    public static WantedStanding Of(PaymentFacts facts)
    {
        var wanted = new WantedStanding();
        PutMoney(facts, wanted);
        foreach (var part in facts.Parts.Where(p => IsLinked(facts, p)))
            PutPart(facts, wanted, part);
        PutUsedElsewhere(facts, wanted);
        return wanted;
    }

    /// <summary>
    /// Of a payment that was reversed: the money stands, and a refund takes all of it back. What it gave to receivables
    /// stands no longer.
    /// </summary>
    /// <param name="facts">Of the payment.</param>
    /// <param name="standing">What stands now: money that never stood is not taken back.</param>
    public static WantedStanding OfReversed(PaymentFacts facts, Standing standing)
    {
        var wanted = new WantedStanding();
        if (!standing.Documents.Contains(StandingKey.Main, StringComparer.Ordinal) || MoneyOf(facts) <= 0)
            return wanted;
        PutMoney(facts, wanted);
        PutRefund(
            facts,
            wanted,
            StandingKey.Reversal,
            LinkEnd.Own(UpflowKind.Payment, facts.ExternalId),
            MoneyOf(facts),
            facts.ReversedOn ?? DateOf(facts)
        );
        return wanted;
    }

    public static DateOnly DateOf(PaymentFacts facts) =>
        facts.Payment.ReceiptDate ?? facts.Payment.WhenPaid ?? DateOnly.MinValue;

    /// <summary>The money without what went to receivables that are not in Upflow.</summary>
    private static long MoneyOf(PaymentFacts facts) =>
        facts.Money
        - facts
            .Parts.Where(p => p.Credit.Kind == CreditKind.Money && IsLeftOut(facts, p))
            .Sum(p => facts.Smallest(p.Amount));

    private static void PutMoney(PaymentFacts facts, WantedStanding wanted)
    {
        if (MoneyOf(facts) is var money and > 0)
            wanted.Put(StandingKey.Main, new StandingDocument.Payment(Payment(facts, StandingKey.Main, money)));
    }

    private static void PutPart(PaymentFacts facts, WantedStanding wanted, AppliedPart part)
    {
        var amount = facts.Smallest(part.Amount);
        if (amount <= 0)
            return;
        switch (part.Credit.Kind)
        {
            case CreditKind.Money:
                Link(StandingKey.Applied(part.Receivable), LinkEnd.Own(UpflowKind.Payment, facts.ExternalId));
                break;
            case CreditKind.Discount:
                PutNote(facts, wanted, StandingKey.Discount(part.Receivable), "Discount", part, amount);
                break;
            default:
                var credit = PaymentFacts.CreditOf(part);
                if (credit is { } of && facts.Known.TargetOf(of) is { } target)
                    Link(StandingKey.Applied(of, part.Receivable), LinkEnd.Of(KindOf(part), target));
                else if (credit is not { } other || (facts.Known.IsLeftOut(other) && !facts.Known.IsTaken(other)))
                    PutNote(facts, wanted, StandingKey.FromElsewhere(part.Receivable), "Earlier credit", part, amount);
                break;
        }

        void Link(string key, LinkEnd paying) =>
            wanted.Put(key, new StandingLink(ReceivableOf(facts, part), paying, amount));
    }

    /// <summary>A credit note for one receivable, and the link of it; a second one for the same adds to it.</summary>
    private static void PutNote(
        PaymentFacts facts,
        WantedStanding wanted,
        string key,
        string name,
        AppliedPart part,
        long amount
    )
    {
        if (wanted.Links.TryGetValue(key, out var other))
            amount += other.Amount;
        var externalId = StandingKey.ExternalId(facts.ExternalId, key);
        wanted.Put(
            key,
            new StandingDocument.CreditNote(
                new UpflowDocument
                {
                    ExternalId = externalId,
                    CustomId = IntacctText.Cut($"{name} {facts.Title}", 100),
                    IssuedAt = DateOf(facts),
                    DueDate = DateOf(facts),
                    Name = IntacctText.Cut($"{name} with payment {facts.Title}", 200),
                    Currency = facts.Currency,
                    GrossAmount = amount,
                    NetAmount = amount,
                    Customer = CustomerOf(facts),
                }
            )
        );
        wanted.Put(
            key,
            new StandingLink(ReceivableOf(facts, part), LinkEnd.Own(UpflowKind.CreditNote, externalId), amount)
        );
    }

    /// <summary>A refund for each credit of which something went to receivables that are not in Upflow.</summary>
    private static void PutUsedElsewhere(PaymentFacts facts, WantedStanding wanted)
    {
        foreach (
            var used in facts
                .Parts.Where(p => IsLeftOut(facts, p) && PaymentFacts.CreditOf(p) is not null)
                .GroupBy(p => p.Credit)
        )
        {
            var credit = PaymentFacts.CreditOf(used.First())!.Value;
            var amount = used.Sum(p => facts.Smallest(p.Amount));
            if (amount > 0 && facts.Known.TargetOf(credit) is { } target)
                PutRefund(
                    facts,
                    wanted,
                    StandingKey.UsedElsewhere(credit),
                    LinkEnd.Of(KindOf(used.First()), target),
                    amount,
                    DateOf(facts)
                );
        }
    }

    private static void PutRefund(
        PaymentFacts facts,
        WantedStanding wanted,
        string key,
        LinkEnd refunded,
        long amount,
        DateOnly date
    )
    {
        var refund = Payment(facts, key, amount) with { ValidatedAt = date };
        wanted.Put(key, new StandingDocument.Refund(refund));
        wanted.Put(key, new StandingLink(LinkEnd.Own(UpflowKind.Refund, refund.ExternalId), refunded, amount));
    }

    private static UpflowPayment Payment(PaymentFacts facts, string key, long amount) =>
        new()
        {
            ExternalId = StandingKey.ExternalId(facts.ExternalId, key),
            Currency = facts.Currency,
            Amount = amount,
            ValidatedAt = DateOf(facts),
            Instrument = PaymentInstrument.Of(facts.Payment.PaymentMethod),
            Customer = CustomerOf(facts),
        };

    private static bool IsLinked(PaymentFacts facts, AppliedPart part) =>
        facts.Known.TargetOf(PaymentFacts.Receivable(part)) is not null;

    private static bool IsLeftOut(PaymentFacts facts, AppliedPart part) =>
        facts.Known.IsLeftOut(PaymentFacts.Receivable(part));

    private static LinkEnd ReceivableOf(PaymentFacts facts, AppliedPart part) =>
        LinkEnd.Of(UpflowKind.Invoice, facts.Known.TargetOf(PaymentFacts.Receivable(part))!);

    private static UpflowKind KindOf(AppliedPart part) =>
        part.Credit.Kind == CreditKind.CreditNote ? UpflowKind.CreditNote : UpflowKind.Payment;

    private static UpflowReference CustomerOf(PaymentFacts facts) =>
        facts.Known.TargetOf(facts.Customer) is { } target
            ? new UpflowReference(target)
            : UpflowReference.OfExternalId(facts.Customer.SourceId);
}
