using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Whether a payment comes out even in Upflow though some of its amounts have more decimals than its currency, as
/// Intacct keeps two for any: of 1,000.50 JPY, Upflow has 1,001. Pure.
/// </summary>
/// <remarks>
/// Each amount is rounded by itself there. What a document or a credit has open afterwards is therefore certain only
/// where this payment gives, or uses up, all of it at once: then the rounded parts must come to the rounded whole. Two
/// payments of 500.25 on 1,000.50 would leave one yen open for ever, three of 333.50 would be one too many.
/// </remarks>
internal static class PaymentRounding
{
    /// <summary>
    /// The first part that would leave something open, or take too much, and at which document or credit that is; null
    /// where all comes out even.
    /// </summary>
    public static (AppliedPart Part, ParentKey At)? Uneven(PaymentFacts facts)
    {
        if (facts.Parts.All(p => IsWhole(facts, p)))
            return null;
        foreach (
            var at in facts
                .Parts.SelectMany(p => Ends(p).Select(end => (Part: p, End: end)))
                .Where(p => facts.Known.TargetOf(p.End) is not null)
                .GroupBy(p => p.End, p => p.Part)
        )
        {
            if (at.FirstOrDefault(p => !IsWhole(facts, p)) is { } part && !IsUsedUp(facts, at.Key, [.. at]))
                return (part, at.Key);
        }

        return null;
    }

    private static bool IsWhole(PaymentFacts facts, AppliedPart part) =>
        UpflowMoney.IsWhole(part.Amount, facts.Currency);

    private static bool IsUsedUp(PaymentFacts facts, ParentKey end, IReadOnlyList<AppliedPart> parts) =>
        facts.Known.AmountOf(end) is { } all
        && parts.Sum(p => p.Amount) == Math.Abs(all)
        && parts.Sum(p => facts.Smallest(p.Amount)) == facts.Smallest(Math.Abs(all));

    /// <summary>The receivable, and the credit where one was applied.</summary>
    private static IEnumerable<ParentKey> Ends(AppliedPart part)
    {
        yield return PaymentFacts.Receivable(part);
        if (PaymentFacts.CreditOf(part) is { } credit)
            yield return credit;
    }
}
