namespace IntacctSync.Simulators.Upflow.Links;

/// <summary>What one call of /reconcile, or one payment with its own links, has joined.</summary>
/// <param name="key">What names it: an externalId, or a name of our own.</param>
internal sealed class UpflowLink(string key)
{
    public string Key => key;

    public List<LinkPair> Pairs { get; } = [];
}
