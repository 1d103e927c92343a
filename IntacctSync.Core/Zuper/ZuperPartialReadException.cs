namespace IntacctSync.Core.Zuper;

/// <summary>Some of many records could be read before a call failed. The rest are neither found nor missing: ask again for them.</summary>
public sealed class ZuperPartialReadException : ZuperException
{
    public ZuperPartialReadException(
        ZuperException cause, IReadOnlyDictionary<string, ZuperOrganization> found, IReadOnlySet<string> missing)
        : base(cause.Failure, cause.Message, cause)
    {
        (Found, Missing) = (found, missing);
        (Status, RetryAfter) = (cause.Status, cause.RetryAfter);
    }

    /// <summary>What was read, by uid.</summary>
    public IReadOnlyDictionary<string, ZuperOrganization> Found { get; }

    /// <summary>The uids that Zuper said it does not know.</summary>
    public IReadOnlySet<string> Missing { get; }
}
