namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>One field of an object.</summary>
/// <param name="Name">Upper case, dotted where nested: <c>MAILADDRESS.CITY</c>.</param>
/// <param name="Type">How values are compared and written.</param>
internal sealed record FieldDefinition(string Name, FieldType Type)
{
    /// <summary>Longest value in characters; 0 = not limited.</summary>
    public int MaxLength { get; init; }

    public bool ReadOnly { get; init; }

    public bool Required { get; init; }

    public bool Custom { get; init; }

    /// <summary>
    /// The values allowed, label first, raw code second (the code is what readByQuery compares); empty = any.
    /// </summary>
    public IReadOnlyList<(string Label, string Code)> Values { get; init; } = [];

    /// <summary>What readByQuery sees in place of a label.</summary>
    public string RawOf(string label)
    {
        foreach (var (known, code) in Values)
            if (known == label)
                return code;
        return label;
    }

    public string DataType =>
        Type switch
        {
            FieldType.GmtTimestamp => "TIMESTAMP",
            _ => Type.ToString().ToUpperInvariant(),
        };
}
