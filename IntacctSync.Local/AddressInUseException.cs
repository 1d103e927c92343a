namespace IntacctSync.Local;

/// <summary>The HTTP API can't be served where it was to be.</summary>
internal sealed class AddressInUseException(string urls, Exception inner) : Exception(inner.Message, inner)
{
    public string Urls { get; } = urls;
}
