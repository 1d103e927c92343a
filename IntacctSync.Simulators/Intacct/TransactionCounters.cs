namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// What a company's month would be billed for, and what else was asked. Counted when it happens, also where the answer
/// is lost.
/// </summary>
public sealed class TransactionCounters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Records created.</summary>
    public int Creates => this["create"];

    /// <summary>Records updated.</summary>
    public int Updates => this["update"];

    /// <summary>Records deleted.</summary>
    public int Deletes => this["delete"];

    /// <summary>Calls of query and readByQuery, each page by itself.</summary>
    public int Queries => this["query"];

    /// <summary>Calls of read, readByName and get_list.</summary>
    public int Reads => this["read"];

    /// <summary>Records whose create, update or delete was refused.</summary>
    public int Refused => this["refused"];

    /// <summary>Sign-ins by password, sessions excluded.</summary>
    public int Logins => this["login"];

    /// <summary>Requests that reached the company, those answered 429 included.</summary>
    public int Requests => this["request"];

    /// <summary>Functions that were refused because their control id had been executed.</summary>
    public int Replays => this["replay"];

    /// <summary>The transactions of Sage's price list: records written, and calls that read.</summary>
    public int Transactions => Creates + Updates + Deletes + Queries + Reads;

    /// <summary>All counts by name, those by object (<c>create CUSTOMER</c>) among them.</summary>
    public IReadOnlyDictionary<string, int> All
    {
        get
        {
            lock (_lock)
                return new SortedDictionary<string, int>(_counts, StringComparer.Ordinal);
        }
    }

    /// <summary>One count, 0 where nothing was counted under the name.</summary>
    public int this[string name]
    {
        get
        {
            lock (_lock)
                return _counts.GetValueOrDefault(name);
        }
    }

    internal void Add(string name, string @object = "")
    {
        lock (_lock)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            if (@object.Length > 0)
                _counts[$"{name} {@object}"] = _counts.GetValueOrDefault($"{name} {@object}") + 1;
        }
    }

    internal void Clear()
    {
        lock (_lock)
            _counts.Clear();
    }
}
