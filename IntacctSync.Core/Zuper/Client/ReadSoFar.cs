using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>What has been read of many records, while it is being read.</summary>
internal sealed class ReadSoFar<T>
    where T : ZuperRecord
{
    public Dictionary<string, T> Found { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Missing { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, ZuperException> Failures { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => Found.Count + Missing.Count + Failures.Count == 0;

    /// <summary>Neither a record nor a failure is a record that Zuper does not know.</summary>
    public void Add(string uid, T? record, ZuperException? failure)
    {
        if (failure is not null)
            Failures[uid] = failure;
        else if (record is not null)
            Found[uid] = record;
        else
            Missing.Add(uid);
    }

    public ZuperPartialReadException<T> Partial(ZuperException cause) => new(cause, Found, Missing, Failures);
}
