using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>What is to be done for an invoice or a debit memo, before it is mapped.</summary>
internal abstract record UpflowInvoiceDecision
{
    private UpflowInvoiceDecision() { }

    /// <summary>It is in Upflow as it is here, or will be.</summary>
    /// <param name="Reason">What the story says where both sides are equal; null for what it says of any.</param>
    public sealed record Carry(string? Reason = null) : UpflowInvoiceDecision;

    /// <summary>Nothing is in Upflow, and nothing is to be.</summary>
    public sealed record Skip(string Reason) : UpflowInvoiceDecision;

    /// <summary>It is taken out of Upflow.</summary>
    public sealed record Remove(string Reason) : UpflowInvoiceDecision;

    /// <summary>
    /// Whether it is in Upflow, or may be: a create whose answer was lost has left the name, and the invoice may stand
    /// there. Pure.
    /// </summary>
    public static bool MayStand(KeyMapEntry entry) => entry.TargetId is not null || entry.NaturalKey is not null;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="document">As Intacct has it; null when Intacct has it no longer.</param>
    /// <param name="startDate">Documents dated before are left out, if nobody asks for them.</param>
    /// <param name="requested">Whether a person asked for it.</param>
    public static UpflowInvoiceDecision For(KeyMapEntry entry, Receivable? document, DateOnly startDate, bool requested)
    {
        var linked = MayStand(entry);
        return document switch
        {
            null => Gone("It is deleted in Intacct."),
            { State: ReceivableState.Draft } => Gone("It is a draft in Intacct."),
            { State: ReceivableState.Reversal } => Gone("It is the reversal of another document."),
            { Gross: < 0 } => Gone("It is below zero, which is a credit note in Upflow."),
            { Gross: 0 } => Gone("Nothing is owed by it."),
            // It may have been changed just before, and its credit note is of the amount that it has now.
            { State: ReceivableState.Reversed } when linked => new Carry(
                "It is reversed in Intacct; in Upflow the credit note of its reversal settles it."
            ),
            { State: ReceivableState.Reversed } => new Skip("It was reversed in Intacct before it was synced."),
            _ when !linked && !requested && document.Head.Date < startDate => new Skip(
                $"It is dated {document.Head.Date:yyyy-MM-dd}, before the start date {startDate:yyyy-MM-dd}."
            ),
            _ => new Carry(),
        };

        UpflowInvoiceDecision Gone(string reason) => linked ? new Remove(reason) : new Skip(reason);
    }
}
