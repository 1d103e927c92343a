namespace IntacctSync.Core.Intacct.Records;

/// <summary>
/// Whether Intacct shows all details of a payment: a query may show one late, and one of an entity that the user does
/// not see never. What it does not show is no proof that it was taken back.
/// </summary>
public enum ShownDetails
{
    /// <summary>They come to what Intacct says was paid, or it does not say.</summary>
    All,

    /// <summary>They come to less.</summary>
    Some,

    /// <summary>They come to more, so that one may be missing beside credits that do not count.</summary>
    Unclear,
}
