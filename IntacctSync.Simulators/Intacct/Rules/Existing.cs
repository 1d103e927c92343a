using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>Finds the record that an update or delete means.</summary>
internal static class Existing
{
    /// <summary>By RECORDNO if the fields name one, else by the name field.</summary>
    public static StoredRecord Find(RecordTable table, FieldValues fields, string verb)
    {
        if (fields["RECORDNO"] is { Length: > 0 } number)
            return FindByRecordNo(table, number, verb);
        var key = fields[table.Definition.KeyField];
        return table.Find(key) ?? throw Missing(table, key, verb);
    }

    public static StoredRecord FindByRecordNo(RecordTable table, string key, string verb) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && table.Find(number) is { } record
            ? record
            : throw Missing(table, key, verb);

    private static RefusedException Missing(RecordTable table, string key, string verb) =>
        RefusedException.Generic($"Cannot find {table.Definition.Name.ToLowerInvariant()} with key '{key}' to {verb}.");
}
