using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>Where a payment stands in Intacct (developer.intacct.com, AR Payments: DISPLAYSTATE).</summary>
public enum PaymentState
{
    /// <summary>It counts: complete or reconciled.</summary>
    Complete,

    Draft,

    /// <summary>It was reversed or voided and no longer counts.</summary>
    Reversed,

    /// <summary>The counter-entry of a reversed payment.</summary>
    Reversal,

    /// <summary>It is on its way through an approval, and not complete yet.</summary>
    Unsettled,

    /// <summary>Whether it counts is not known here.</summary>
    Unknown,
}

/// <summary>Tells which payments count.</summary>
public static class PaymentStates
{
    /// <summary>Pure.</summary>
    public static PaymentState Of(PaymentRecord payment) => Of(payment.DisplayState ?? payment.State);

    /// <summary>The same of a row, whatever else of it can't be read. Pure.</summary>
    public static PaymentState Of(IntacctRecord row) => Of(row["DISPLAYSTATE"] ?? row["STATE"]);

    /// <summary>
    /// Whether it no longer counts since somebody has taken it back: it was reversed or voided, or is what reverses
    /// another one. Pure.
    /// </summary>
    public static bool IsTakenBack(PaymentRecord payment) =>
        Of(payment) is PaymentState.Reversed or PaymentState.Reversal;

    private static PaymentState Of(string? state) =>
        state?.Trim().ToUpperInvariant() switch
        {
            "COMPLETE" or "RECONCILED" or "C" => PaymentState.Complete,
            "DRAFT" or "D" => PaymentState.Draft,
            "REVERSED" or "VOIDED" or "VOID" or "V" => PaymentState.Reversed,
            "REVERSAL" => PaymentState.Reversal,
            "SUBMITTED" or "PARTIALLY APPROVED" or "APPROVED" or "DECLINED" => PaymentState.Unsettled,
            _ => PaymentState.Unknown,
        };
}
