using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Zuper.Payments;

/// <summary>Which Zuper invoice an invoice of Intacct is.</summary>
/// <param name="Uid">Its uid; null when it is none of ours.</param>
/// <param name="Reason">Why it is none of ours.</param>
/// <param name="Failure">Why it can't be told yet; null when it can.</param>
internal sealed record InvoiceLink(string? Uid, string? Reason = null, Failure? Failure = null);
