using System.Globalization;

namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>A record as it is read back outside the imitated API.</summary>
internal static class RecordView
{
    public static IReadOnlyDictionary<string, string> Of(Books books, ObjectDefinition definition, StoredRecord record)
    {
        var view = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["RECORDNO"] = record.RecordNo.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in record.Values)
            view[name] = value;
        foreach (var (name, at) in record.Times)
            if (definition.Field(name) is { Type: FieldType.Timestamp or FieldType.GmtTimestamp })
                view[name] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (
            definition.Relation("DISPLAYCONTACT") is { } relation
            && int.TryParse(record[relation.KeyField], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && books[relation.Target].Find(number) is { } contact
        )
            foreach (var (name, value) in contact.Values)
                view[$"DISPLAYCONTACT.{name}"] = value;
        return view;
    }
}
