using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Flows.Zuper.Payments;

/// <summary>Which Zuper invoice an invoice of Intacct is.</summary>
/// <param name="Uid">Its uid; null when none is known to be it.</param>
/// <param name="Reason">Why none is.</param>
/// <param name="Failure">Why it can't be told yet; null when it can.</param>
internal sealed record InvoiceLink(string? Uid, string? Reason = null, Failure? Failure = null)
{
    /// <summary>What an invoice of Zuper may be linked or called by that turns out to be it: its RECORDNO, its number, its document.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
