using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>Turns records into rows of a list, which differ from the detail in small ways.</summary>
/// <param name="company">What the records belong to.</param>
/// <param name="module">Their kind.</param>
/// <param name="withFields">Whether rows carry the custom fields.</param>
internal sealed class ListRows(ZuperCompany company, ZuperModule module, Func<bool> withFields)
{
    /// <param name="records">What to show, in order.</param>
    /// <param name="only">The fields asked for (the uid comes along); null = all.</param>
    /// <param name="plain">Whether the list is a plain one, in which some fields are missing.</param>
    public JsonArray Of(
        IEnumerable<JsonObject> records,
        IReadOnlyCollection<string>? only = null,
        bool plain = false
    ) => new([.. records.Select(r => Row(r, only, plain))]);

    private JsonObject Row(JsonObject record, IReadOnlyCollection<string>? only, bool plain)
    {
        var row = company.View(module, record);
        if (plain)
            foreach (var field in module.MissingInRows)
                row.Remove(field);
        if (!withFields())
            row.Remove(module.FieldsField);
        // Some rows were seen to carry an id that JavaScript filled with nothing; here it is a quarter of them, always
        // the same.
        if (record.Text(module.UidField) is ['0' or '1' or '2' or '3', ..])
            row["id"] = "undefined";
        if (only is not null)
            foreach (
                var field in row.Select(f => f.Key)
                    .Where(f => f != module.UidField && !only.Contains(f, StringComparer.Ordinal))
                    .ToList()
            )
                row.Remove(field);
        return row;
    }
}
