using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct;

/// <content>Customers and contacts.</content>
public sealed partial class IntacctScreens
{
    /// <summary>Adds a customer with its display contact.</summary>
    /// <param name="id">CUSTOMERID.</param>
    /// <param name="name">NAME.</param>
    /// <param name="email">EMAIL1 of the display contact; empty = none.</param>
    /// <param name="parent">CUSTOMERID of the customer above it.</param>
    public void AddCustomer(string id, string name, string email = "", string? parent = null)
    {
        var fields = Of(
            ("CUSTOMERID", id),
            ("NAME", name),
            ("DISPLAYCONTACT.PRINTAS", name),
            ("DISPLAYCONTACT.COMPANYNAME", name)
        );
        if (email.Length > 0)
            fields["DISPLAYCONTACT.EMAIL1"] = email;
        if (parent is not null)
            fields["PARENTID"] = parent;
        _company.Add("CUSTOMER", fields);
    }

    public void RenameCustomer(string id, string name) => _company.Edit("CUSTOMER", id, Of(("NAME", name)));

    /// <summary>Puts a customer under another one; null = under none.</summary>
    public void Reparent(string id, string? parent) => _company.Edit("CUSTOMER", id, Of(("PARENTID", parent ?? "")));

    public void Deactivate(string id) => _company.Edit("CUSTOMER", id, Of(("STATUS", "inactive")));

    public void Activate(string id) => _company.Edit("CUSTOMER", id, Of(("STATUS", "active")));

    /// <summary>Adds a contact that is nobody's yet.</summary>
    public void AddContact(string name, string email = "", string firstName = "", string lastName = "")
    {
        var fields = Of(
            ("CONTACTNAME", name),
            ("PRINTAS", name),
            ("FIRSTNAME", firstName),
            ("LASTNAME", lastName),
            ("EMAIL1", email)
        );
        _company.Add("CONTACT", fields);
    }

    /// <summary>Changes fields of a contact; a new CONTACTNAME renames it.</summary>
    public void EditContact(string name, IReadOnlyDictionary<string, string> fields) =>
        _company.Edit("CONTACT", name, fields);

    public void RenameContact(string name, string newName) => EditContact(name, Of(("CONTACTNAME", newName)));

    /// <summary>Gives a contact another e-mail; empty = none.</summary>
    public void SetEmail(string name, string email) => EditContact(name, Of(("EMAIL1", email)));

    /// <summary>
    /// Names the contacts that a customer has beside its display contact; null = as it is, empty = none.
    /// </summary>
    public void SetContacts(string id, string? billTo = null, string? shipTo = null, string? primary = null)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (container, name) in new[] { ("BILLTO", billTo), ("SHIPTO", shipTo), ("CONTACTINFO", primary) })
            if (name is not null)
                fields[$"{container}.CONTACTNAME"] = name;
        _company.Edit("CUSTOMER", id, fields);
    }

    /// <summary>Adds a contact to a customer's list of contacts, under a category.</summary>
    public void AttachContact(string id, string category, string name) =>
        _company.Change(context =>
        {
            var fields = FieldValues.Of(Of(("CUSTOMERID", id)));
            fields.Attach(category, name);
            return new CustomerRules().Update(context, fields);
        });

    /// <summary>Empties a customer's list of contacts.</summary>
    public void DetachContacts(string id) =>
        _company.Change(context =>
        {
            var fields = FieldValues.Of(Of(("CUSTOMERID", id)));
            fields.DetachAll();
            return new CustomerRules().Update(context, fields);
        });

    private static Dictionary<string, string> Of(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
