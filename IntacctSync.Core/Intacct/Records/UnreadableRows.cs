using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>Reads rows one by one, so that one that can't be read ends no other, and keeps why it can't.</summary>
internal sealed class UnreadableRows
{
    private readonly Dictionary<string, string> _why = new(StringComparer.Ordinal);

    /// <summary>Why something of a record can't be read; null where all of it could.</summary>
    public string? this[string recordNo] => _why.GetValueOrDefault(recordNo);

    /// <summary>Null for a row that can't be read, which is then kept for the records that it belongs to.</summary>
    /// <param name="row">The row.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="owners">The fields that may name the record that it belongs to.</param>
    public T? Read<T>(IntacctRecord row, Func<IntacctRecord, T> read, params string[] owners)
        where T : class
    {
        try
        {
            return read(row);
        }
        catch (FormatException e)
        {
            foreach (var owner in owners.Select(o => row[o]).OfType<string>())
                _why.TryAdd(owner, e.Message);
            return null;
        }
    }
}
