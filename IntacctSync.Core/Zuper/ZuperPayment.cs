namespace IntacctSync.Core.Zuper;

/// <summary>A payment to be recorded on an invoice.</summary>
/// <param name="Amount">In major units, more than nothing; of this payment alone.</param>
/// <param name="Date">When it was received.</param>
/// <param name="ModeUid">How it was paid; Zuper refuses modes that it does not know, and lists none of them.</param>
/// <param name="ReferenceNo">What tells it from others: Zuper has no other guard against recording it twice.</param>
/// <param name="Remarks">For people.</param>
public sealed record ZuperPayment(decimal Amount, DateOnly Date, string ModeUid, string ReferenceNo, string? Remarks = null);
