using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>ARTERM: its name is unique.</summary>
internal sealed class TermRules : IObjectRules
{
    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        var table = context.Books["ARTERM"];
        FieldChecks.Require(table.Definition, fields, "NAME", creating: true);
        var values = FieldChecks.Take(context, table.Definition, fields);
        values.TryAdd("STATUS", "active");
        if (table.Find(values["NAME"]) is not null)
            throw RefusedException.Duplicate("AR Term", values["NAME"]).Within("Could not create AR Term record!");
        return context.Books.Insert(table, values, context.Stamp);
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var table = context.Books["ARTERM"];
        var term = Existing.Find(table, fields, "update");
        var values = new Dictionary<string, string>(term.Values, StringComparer.Ordinal);
        foreach (var (name, value) in FieldChecks.Take(context, table.Definition, fields))
            values[name] = value;
        return context.Books.Update(table, term, values, context.Stamp);
    }

    public void Delete(WriteContext context, string key)
    {
        var table = context.Books["ARTERM"];
        context.Books.Delete(table, Existing.FindByRecordNo(table, key, "delete"), context.Stamp);
    }
}
