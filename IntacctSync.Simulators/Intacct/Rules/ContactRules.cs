using System.Globalization;
using System.Text.RegularExpressions;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// CONTACT: one name space for the contacts of customers, vendors and employees
/// (developer.intacct.com/api/company-console/contacts).
/// </summary>
internal sealed partial class ContactRules : IObjectRules
{
    private const string NotCreated = "Could not create Contact record!";
    private const string NotUpdated = "Could not update Contact record!";

    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        var table = context.Books["CONTACT"];
        try
        {
            FieldChecks.Require(table.Definition, fields, "CONTACTNAME", creating: true);
            FieldChecks.Require(table.Definition, fields, "PRINTAS", creating: true);
            var values = FieldChecks.Take(context, table.Definition, fields);
            values.TryAdd("STATUS", "active");
            RequireUnused(table, values["CONTACTNAME"]);
            RequireEmails(context, fields);
            return context.Books.Insert(table, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(NotCreated);
        }
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var table = context.Books["CONTACT"];
        return Change(context, Existing.Find(table, fields, "update"), fields);
    }

    /// <summary>Changes the fields that are named. A new CONTACTNAME renames the contact [assumed].</summary>
    public static StoredRecord Change(WriteContext context, StoredRecord contact, FieldValues fields)
    {
        var table = context.Books["CONTACT"];
        try
        {
            FieldChecks.Require(table.Definition, fields, "CONTACTNAME", creating: false);
            FieldChecks.Require(table.Definition, fields, "PRINTAS", creating: false);
            var values = new Dictionary<string, string>(contact.Values, StringComparer.Ordinal);
            foreach (var (name, value) in FieldChecks.Take(context, table.Definition, fields))
                values[name] = value;
            if (values["CONTACTNAME"] != contact["CONTACTNAME"])
                RequireUnused(table, values["CONTACTNAME"]);
            RequireEmails(context, fields);
            return context.Books.Update(table, contact, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(NotUpdated);
        }
    }

    /// <summary>A contact that a customer uses stays [inferred].</summary>
    public void Delete(WriteContext context, string key)
    {
        var table = context.Books["CONTACT"];
        var contact = Existing.FindByRecordNo(table, key, "delete");
        var number = contact.RecordNo.ToString(CultureInfo.InvariantCulture);
        var owner = context
            .Books["CUSTOMER"]
            .Rows(null)
            .FirstOrDefault(c =>
                c["DISPLAYCONTACTKEY"] == number
                || c["CONTACTKEY"] == number
                || c["BILLTOKEY"] == number
                || c["SHIPTOKEY"] == number
            );
        if (owner is not null)
            throw RefusedException
                .Generic(
                    $"Contact '{contact["CONTACTNAME"]}' is in use by customer '{owner["CUSTOMERID"]}' and "
                        + $"cannot be deleted."
                )
                .Within("Could not delete Contact record!");
        context.Books.Delete(table, contact, context.Stamp);
    }

    private static void RequireUnused(RecordTable table, string name)
    {
        if (table.Find(name) is not null)
            throw RefusedException.Duplicate("Contact", name);
    }

    private static void RequireEmails(WriteContext context, FieldValues fields)
    {
        if (!context.Options.Strict)
            return;
        foreach (var (field, label) in new[] { ("EMAIL1", "Primary"), ("EMAIL2", "Secondary") })
            if (fields[field] is { Length: > 0 } address && !Email().IsMatch(address))
                throw RefusedException
                    .Invalid($"Illegal format for Contactversion : {label} Email Address {address}.")
                    .Within(
                        "Validate contactversion record failed!",
                        "Could not create contactversion record!",
                        "Could not create ContactVersion record!"
                    );
    }

    // Simple on purpose: what Intacct's own check takes beyond this is unknown.
    [GeneratedRegex(@"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();
}
