using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// Some of many records could be read before a call failed. The rest are neither found nor missing: ask again for them.
/// </summary>
public sealed class ZuperPartialReadException<T> : ZuperException
    where T : ZuperRecord
{
    public ZuperPartialReadException(
        ZuperException cause,
        IReadOnlyDictionary<string, T> found,
        IReadOnlySet<string> missing,
        IReadOnlyDictionary<string, ZuperException> failures
    )
        : base(cause.Failure, cause.Message, cause)
    {
        (Found, Missing, Failures) = (found, missing, failures);
        (Status, RetryAfter) = (cause.Status, cause.RetryAfter);
    }

    /// <summary>What was read, by uid.</summary>
    public IReadOnlyDictionary<string, T> Found { get; }

    /// <summary>The uids that Zuper said it does not know.</summary>
    public IReadOnlySet<string> Missing { get; }

    /// <summary>What was wrong with single records, by uid; the others that are not here were not reached.</summary>
    public IReadOnlyDictionary<string, ZuperException> Failures { get; }

    /// <summary>Why this record was not read.</summary>
    public ZuperException CauseOf(string uid) => Failures.GetValueOrDefault(uid, this);
}
