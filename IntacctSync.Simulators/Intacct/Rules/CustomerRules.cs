using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// CUSTOMER and the display contact that is made with it (developer.intacct.com/api/accounts-receivable/customers).
/// </summary>
internal sealed class CustomerRules : IObjectRules
{
    private static readonly string[] Containers = ["DISPLAYCONTACT", "CONTACTINFO", "BILLTO", "SHIPTO"];
    private static readonly (string Container, string KeyField)[] Links =
    [
        ("CONTACTINFO", "CONTACTKEY"),
        ("BILLTO", "BILLTOKEY"),
        ("SHIPTO", "SHIPTOKEY"),
    ];

    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        var table = context.Books["CUSTOMER"];
        try
        {
            FieldChecks.Require(table.Definition, fields, "NAME", creating: true);
            FieldChecks.Require(table.Definition, fields, "DISPLAYCONTACT.PRINTAS", creating: true);
            fields["CUSTOMERID"] = NewId(context, table, fields["CUSTOMERID"]);
            var values = FieldChecks.Take(context, table.Definition, fields, Containers);
            values.TryAdd("STATUS", "active");
            values["ENTITY"] = $"C{values["CUSTOMERID"]}";
            values["TOTALDUE"] = "0";
            Relate(context, fields, values);
            values["DISPLAYCONTACTKEY"] = Number(DisplayContact(context, fields, values));
            ContactList.Change(context, fields, values);
            return context.Books.Insert(table, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not create Customer record!");
        }
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var table = context.Books["CUSTOMER"];
        var customer = Existing.Find(table, fields, "update");
        try
        {
            FieldChecks.Require(table.Definition, fields, "NAME", creating: false);
            if (fields.Has("CUSTOMERID") && fields["CUSTOMERID"] != customer["CUSTOMERID"])
                throw RefusedException.Invalid(
                    $"The Customer ID '{customer["CUSTOMERID"]}' cannot be changed to '{fields["CUSTOMERID"]}'"
                );
            var values = new Dictionary<string, string>(customer.Values, StringComparer.Ordinal);
            foreach (var (name, value) in FieldChecks.Take(context, table.Definition, fields, Containers))
                values[name] = value;
            Relate(context, fields, values);
            RequireNoCircle(context, values);
            ChangeDisplayContact(context, fields, customer);
            ContactList.Change(context, fields, values);
            return context.Books.Update(table, customer, values, context.Stamp);
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not update Customer record!");
        }
    }

    /// <summary>The contacts stay when their customer goes [assumed].</summary>
    public void Delete(WriteContext context, string key)
    {
        var table = context.Books["CUSTOMER"];
        context.Books.Delete(table, Existing.FindByRecordNo(table, key, "delete"), context.Stamp);
    }

    private static string NewId(WriteContext context, RecordTable table, string id)
    {
        if (id.Length == 0 && !context.Options.AutoNumberCustomers)
            throw RefusedException.Invalid("Required field CUSTOMERID of Customer is missing or blank");
        if (id.Length == 0)
            return CustomerSequence.Next(table);
        FieldChecks.RequireIdCharacters(context, table.Definition, id);
        return table.Find(id) is null ? id : throw RefusedException.Duplicate("Customer", id);
    }

    private static StoredRecord DisplayContact(
        WriteContext context,
        FieldValues fields,
        Dictionary<string, string> values
    )
    {
        var contact = fields.Under("DISPLAYCONTACT");
        if (contact["CONTACTNAME"].Length == 0)
            contact["CONTACTNAME"] = $"{values["NAME"]}(C{values["CUSTOMERID"]})";
        return Saving(() => new ContactRules().Create(context, contact));
    }

    private static void ChangeDisplayContact(WriteContext context, FieldValues fields, StoredRecord customer)
    {
        var contact = fields.Under("DISPLAYCONTACT");
        if (
            contact.All.Count > 0
            && context.Books["CONTACT"].Find(int.Parse(customer["DISPLAYCONTACTKEY"], CultureInfo.InvariantCulture))
                is { } stored
        )
            Saving(() => ContactRules.Change(context, stored, contact));
    }

    private static StoredRecord Saving(Func<StoredRecord> save)
    {
        try
        {
            return save();
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Error While Saving the Display Contact");
        }
    }

    private static void Relate(WriteContext context, FieldValues fields, Dictionary<string, string> values)
    {
        if (fields.Has("TERMNAME"))
            values["TERMSKEY"] = Key(
                context,
                "ARTERM",
                fields["TERMNAME"],
                name => $"The term '{name}' specified is not valid."
            );
        if (fields.Has("PARENTID"))
            values["PARENTKEY"] = Key(
                context,
                "CUSTOMER",
                fields["PARENTID"],
                name => $"Customer '{name}' specified is not valid."
            );
        foreach (var (container, keyField) in Links)
            if (fields.Has($"{container}.CONTACTNAME"))
                values[keyField] = Key(
                    context,
                    "CONTACT",
                    fields[$"{container}.CONTACTNAME"],
                    name => $"Contact '{name}' specified is not valid."
                );
    }

    /// <summary>A customer is not its own parent, over however many steps [assumed].</summary>
    private static void RequireNoCircle(WriteContext context, Dictionary<string, string> values)
    {
        var parent = values.GetValueOrDefault("PARENTID", "");
        while (parent.Length > 0)
        {
            if (parent == values["CUSTOMERID"])
                throw RefusedException.Invalid($"Customer '{parent}' cannot be its own parent");
            parent = context.Books["CUSTOMER"].Find(parent)?["PARENTID"] ?? "";
        }
    }

    private static string Key(WriteContext context, string target, string name, Func<string, string> invalid) =>
        name.Length == 0
            ? ""
            : Number(context.Books[target].Find(name) ?? throw RefusedException.Invalid(invalid(name)));

    private static string Number(StoredRecord record) => record.RecordNo.ToString(CultureInfo.InvariantCulture);
}
