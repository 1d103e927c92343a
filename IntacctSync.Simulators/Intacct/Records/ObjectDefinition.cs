namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// An object of the generic functions: its fields, how they are named in a table of text, and what they are related to.
/// </summary>
internal sealed class ObjectDefinition
{
    private readonly Dictionary<string, FieldDefinition> _fields;

    /// <param name="name">Upper case.</param>
    /// <param name="keyField">The name field: what readByName looks up and what is unique.</param>
    /// <param name="fields">As <see cref="FieldTable"/> reads them.</param>
    /// <param name="relations">What dotted names may follow.</param>
    public ObjectDefinition(string name, string keyField, string fields, params IReadOnlyList<Relation> relations)
    {
        Name = name;
        KeyField = keyField;
        Fields = FieldTable.Parse(fields);
        Relations = relations;
        _fields = Fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    public string KeyField { get; }

    public IReadOnlyList<FieldDefinition> Fields { get; }

    public IReadOnlyList<Relation> Relations { get; }

    /// <summary>What AUDITHISTORY.OBJECTKEY holds for a deleted record; live keys take all three forms.</summary>
    public AuditKey AuditKey { get; init; }

    /// <summary>Fields that records are looked up by besides the key; they need not be readable.</summary>
    public IReadOnlyList<string> Indexed { get; init; } = [];

    /// <summary>The records that a read shows inside this one; null = none.</summary>
    public LineRelation? Lines { get; init; }

    /// <summary>
    /// Whether a deletion is written to the audit history. Lines go with their owner and leave no trace of their own
    /// [assumed].
    /// </summary>
    public bool Audited { get; init; } = true;

    /// <summary>The object whose numbers it shares, so that one number is never of both; null = its own.</summary>
    public string? NumbersOf { get; init; }

    /// <summary>The name as messages write it: Customer.</summary>
    public string Title => Name[..1] + Name[1..].ToLowerInvariant();

    public FieldDefinition? Field(string name) => _fields.GetValueOrDefault(name);

    public Relation? Relation(string path) =>
        Relations.FirstOrDefault(r => r.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The lines that an object owns.</summary>
/// <param name="Container">The element that holds them in a read: <c>ARINVOICEITEMS</c>.</param>
/// <param name="Target">The object that the lines are.</param>
/// <param name="KeyField">The line's field that holds the owner's RECORDNO.</param>
internal sealed record LineRelation(string Container, string Target, string KeyField);
