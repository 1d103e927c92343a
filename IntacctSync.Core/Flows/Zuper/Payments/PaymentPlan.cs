using System.Globalization;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Mapping;

namespace IntacctSync.Core.Flows.Zuper.Payments;

/// <summary>What is to stand in Zuper of a payment, from its row and what Intacct says of it now.</summary>
internal abstract record PaymentPlan
{
    private static readonly Dictionary<string, decimal> Nothing = new(StringComparer.Ordinal);

    private PaymentPlan()
    {
    }

    /// <summary>Nothing to do, and nothing recorded.</summary>
    public sealed record Skip(string Reason) : PaymentPlan;

    /// <summary>These sums are to stand on these invoices, by their RECORDNO, and on no other.</summary>
    public sealed record Carry(IReadOnlyDictionary<string, decimal> ByInvoice) : PaymentPlan;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="payment">As Intacct has it; null when Intacct has it no longer.</param>
    /// <param name="applications">What it paid.</param>
    /// <param name="startDate">Payments of before are left alone, unless they were recorded already.</param>
    /// <param name="requested">Whether a person asked for it, whatever its date.</param>
    public static PaymentPlan For(
        KeyMapEntry entry, PaymentRecord? payment, IReadOnlyCollection<PaymentApplication> applications, DateOnly startDate, bool requested)
    {
        var recorded = entry.TargetId is not null;
        var state = payment is null ? PaymentState.Reversed : PaymentMapper.StateOf(payment);
        var byInvoice = PaymentMapper.ByInvoice(applications);
        return state switch
        {
            PaymentState.Reversal => new Skip("It is the reversal of another payment, which is voided itself."),
            PaymentState.Complete when recorded => new Carry(byInvoice),
            _ when recorded && state != PaymentState.Unsettled => new Carry(Nothing),
            PaymentState.Reversed => new Skip(payment is null ? "It is deleted in Intacct and was never recorded." : "It is reversed in Intacct and was never recorded."),
            PaymentState.Draft => new Skip("It is a draft: nothing is paid yet."),
            PaymentState.Unsettled => new Skip($"It is in the state '{payment!.DisplayState ?? payment.State}', which does not count yet."),
            _ when !requested && (payment!.ReceiptDate ?? payment.WhenPaid) is { } date && date < startDate => new Skip(
                string.Create(CultureInfo.InvariantCulture, $"It is dated {date:yyyy-MM-dd}, before the start of the connection on {startDate:yyyy-MM-dd}.")),
            _ when byInvoice.Count == 0 => new Skip("No money of it is applied to an invoice."),
            _ => new Carry(byInvoice),
        };
    }
}
