using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Links;

/// <summary>A part of a link: so much of one thing that is owed, settled by one thing that settles.</summary>
internal sealed class LinkPair(UpflowLink link, UpflowDocument debit, UpflowDocument credit, long amount)
{
    public UpflowLink Link => link;

    /// <summary>The invoice or refund.</summary>
    public UpflowDocument Debit => debit;

    /// <summary>The payment or credit note.</summary>
    public UpflowDocument Credit => credit;

    /// <summary>In the currency's smallest unit.</summary>
    public long Amount { get; set; } = amount;

    public UpflowDocument Other(UpflowDocument one) => one == debit ? credit : debit;
}
