using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// Objects with a name field that is unique and never changes: items, accounts, account labels, dimensions.
/// </summary>
/// <param name="name">The object.</param>
/// <param name="title">As messages write it.</param>
internal sealed class NamedRules(string name, string title) : IObjectRules
{
    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        var table = context.Table(name);
        try
        {
            foreach (var field in table.Definition.Fields.Where(f => f.Required))
                FieldChecks.Require(table.Definition, fields, field.Name, creating: true);
            if (name == "ITEM")
                FieldChecks.Require(table.Definition, fields, "ITEMTYPE", creating: true);
            var values = FieldChecks.Take(context, table.Definition, fields);
            values.TryAdd("STATUS", "active");
            var key = values[table.Definition.KeyField];
            FieldChecks.RequireIdCharacters(context, table.Definition, key);
            if (table.Find(key) is not null)
                throw RefusedException.Duplicate(title, key);
            return context.Books.Insert(table, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within($"Could not create {title} record!");
        }
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var table = context.Table(name);
        var record = Existing.Find(table, fields, "update");
        try
        {
            foreach (var field in table.Definition.Fields.Where(f => f.Required))
                FieldChecks.Require(table.Definition, fields, field.Name, creating: false);
            var key = table.Definition.KeyField;
            if (fields.Has(key) && fields[key] != record[key])
                throw RefusedException.Invalid($"The {title} ID '{record[key]}' cannot be changed to '{fields[key]}'");
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (field, value) in FieldChecks.Take(context, table.Definition, fields))
                values[field] = value;
            return context.Books.Update(table, record, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within($"Could not update {title} record!");
        }
    }

    /// <summary>
    /// That something is in use does not keep it from being deleted here [assumed]; the real one refuses it for used
    /// accounts and items.
    /// </summary>
    public void Delete(WriteContext context, string key)
    {
        var table = context.Table(name);
        context.Books.Delete(table, Existing.FindByRecordNo(table, key, "delete"), context.Stamp);
    }
}
