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

/// <summary>Reads the state of a payment. Pure.</summary>
public static class PaymentStates
{
    public static PaymentState Of(PaymentRecord payment) =>
        (payment.DisplayState ?? payment.State)?.Trim().ToUpperInvariant() switch
        {
            "COMPLETE" or "RECONCILED" or "C" => PaymentState.Complete,
            "DRAFT" or "D" => PaymentState.Draft,
            "REVERSED" or "VOIDED" or "VOID" or "V" => PaymentState.Reversed,
            "REVERSAL" => PaymentState.Reversal,
            "SUBMITTED" or "PARTIALLY APPROVED" or "APPROVED" or "DECLINED" => PaymentState.Unsettled,
            _ => PaymentState.Unknown,
        };
}
