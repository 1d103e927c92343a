namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>The records of one kind, in the order they were made, by id and by externalId.</summary>
internal sealed class RecordSet<T>
    where T : UpflowRecord
{
    private const string External = "external:";
    private readonly Dictionary<string, T> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _byExternalId = new(StringComparer.Ordinal);
    private readonly List<T> _all = [];

    public IReadOnlyList<T> All => _all;

    public T? ById(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public T? ByExternalId(string? id) => id is null ? null : _byExternalId.GetValueOrDefault(id);

    /// <summary>What a path names: an id, or <c>external:</c> and an externalId.</summary>
    public T? ByPath(string name) =>
        name.StartsWith(External, StringComparison.Ordinal) ? ByExternalId(name[External.Length..]) : ById(name);

    public void Add(T record)
    {
        _byId.Add(record.Id, record);
        if (record.ExternalId is { } external)
            _byExternalId.Add(external, record);
        _all.Add(record);
    }

    /// <summary>Gives a record another externalId; the caller has made sure that nobody else has it.</summary>
    public void Rename(T record, string? externalId)
    {
        if (record.ExternalId is { } old)
            _byExternalId.Remove(old);
        record.ExternalId = externalId;
        if (externalId is not null)
            _byExternalId.Add(externalId, record);
    }

    public void Remove(T record)
    {
        _byId.Remove(record.Id);
        if (record.ExternalId is { } external)
            _byExternalId.Remove(external);
        _all.Remove(record);
    }
}
