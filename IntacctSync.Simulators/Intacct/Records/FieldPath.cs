using System.Globalization;

namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>A field name, dotted or not, resolved against an object once, to be read from many records.</summary>
/// <param name="Name">Upper case, as asked for.</param>
/// <param name="Hops">The relationships to follow, in order.</param>
/// <param name="Field">The field at the end.</param>
internal sealed record FieldPath(string Name, IReadOnlyList<Relation> Hops, FieldDefinition Field)
{
    public const string TimestampFormat = "MM/dd/yyyy HH:mm:ss";

    /// <summary>Null where the object has no such field.</summary>
    public static FieldPath? Resolve(
        ObjectDefinition definition,
        string name,
        Func<string, string, FieldDefinition?> customField
    )
    {
        name = name.Trim().ToUpperInvariant();
        var hops = new List<Relation>();
        var rest = name;
        while (true)
        {
            if (definition.Field(rest) is { } field)
                return new FieldPath(name, hops, field);
            if (customField(definition.Name, rest) is { } custom)
                return new FieldPath(name, hops, custom);
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || definition.Relation(rest[..dot]) is not { } relation)
                return null;
            hops.Add(relation);
            definition = ObjectCatalog.All.First(d => d.Name == relation.Target);
            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>The instant of a timestamp field; null where it is empty.</summary>
    public DateTimeOffset? Instant(StoredRecord record, Books books) =>
        Owner(record, books)?.Times.TryGetValue(Field.Name, out var at) == true ? at : null;

    /// <summary>
    /// The value as it is stored; for a timestamp as the user's answer shows it. Empty where there is none.
    /// </summary>
    /// <param name="record">Where to start from.</param>
    /// <param name="books">Where related records are.</param>
    /// <param name="offset">The user's zone.</param>
    public string Text(StoredRecord record, Books books, TimeSpan offset)
    {
        if (Owner(record, books) is not { } owner)
            return "";
        return Field.Type switch
        {
            FieldType.Timestamp => Written(owner, offset),
            FieldType.GmtTimestamp => Written(owner, TimeSpan.Zero),
            _ when Field.Name == "RECORDNO" => owner.RecordNo.ToString(CultureInfo.InvariantCulture),
            _ => owner[Field.Name],
        };
    }

    private string Written(StoredRecord owner, TimeSpan offset) =>
        owner.Times.TryGetValue(Field.Name, out var at)
            ? at.ToOffset(offset).ToString(TimestampFormat, CultureInfo.InvariantCulture)
            : "";

    private StoredRecord? Owner(StoredRecord record, Books books)
    {
        foreach (var hop in Hops)
        {
            if (
                !int.TryParse(record[hop.KeyField], CultureInfo.InvariantCulture, out var number)
                || books[hop.Target].Find(number) is not { } next
            )
                return null;
            record = next;
        }
        return record;
    }
}
