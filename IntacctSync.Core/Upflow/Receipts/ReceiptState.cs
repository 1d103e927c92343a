using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>What became of the money of a payment that was taken in Upflow.</summary>
internal enum ReceiptState
{
    /// <summary>It came, as far as Upflow says.</summary>
    Taken,

    /// <summary>It is on its way and may fail yet.</summary>
    UnderWay,

    /// <summary>It did not come, or was taken back after it had.</summary>
    Failed,
}

/// <summary>Reads the state of a payment in Upflow. Pure.</summary>
/// <remarks>
/// Upflow's pages say that the card processor has a status of its own for each payment, and that late failures are
/// reversed in accounting (docs.upflow.io, Sage Intacct: payment write-back, refund management). Neither the member of
/// the API nor its words are published: <c>state</c> or <c>status</c>, and these words, are [assumed]. A word that is
/// not known here says nothing.
/// </remarks>
internal static class ReceiptStates
{
    public static ReceiptState Of(UpflowRead payment) =>
        payment.State?.Trim().ToUpperInvariant().Replace(' ', '_') switch
        {
            "FAILED"
            or "FAILURE"
            or "ERROR"
            or "REFUSED"
            or "REJECTED"
            or "DECLINED"
            or "RETURNED"
            or "CANCELED"
            or "CANCELLED"
            or "CHARGED_BACK"
            or "CHARGEBACK"
            or "VOIDED" => ReceiptState.Failed,
            "PENDING" or "PROCESSING" or "INITIATED" or "SUBMITTED" => ReceiptState.UnderWay,
            _ => ReceiptState.Taken,
        };
}
