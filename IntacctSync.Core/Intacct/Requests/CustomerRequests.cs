using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Functions that write a CUSTOMER. Each writes one, since a create of several can be kept in part.</summary>
public static class CustomerRequests
{
    /// <exception cref="ArgumentException">Something that Intacct requires is missing.</exception>
    public static IntacctFunction Create(ControlId controlId, CustomerFields customer)
    {
        Required.On(
            "create a CUSTOMER",
            ("NAME", customer.Name),
            ("DISPLAYCONTACT/PRINTAS", customer.DisplayContact?.PrintAs)
        );
        return FunctionXml.Write(controlId, "create", w => w.Group("CUSTOMER", customer.Write));
    }

    /// <summary>Changes only the fields that are given.</summary>
    /// <exception cref="ArgumentException">Neither RECORDNO nor CUSTOMERID says which customer.</exception>
    public static IntacctFunction Update(ControlId controlId, CustomerFields customer)
    {
        Required.On("update a CUSTOMER", ("RECORDNO or CUSTOMERID", customer.RecordNo ?? customer.CustomerId));
        return FunctionXml.Write(controlId, "update", w => w.Group("CUSTOMER", customer.Write));
    }

    /// <summary>
    /// Adds contacts to the customer's list. Contacts that are in the list stay, and an entry that is there already is
    /// ignored (developer.intacct.com, Customers).
    /// </summary>
    /// <exception cref="ArgumentException">No CUSTOMERID, no entries, or an entry without its parts. An empty list
    /// would make Intacct delete the customer's.</exception>
    public static IntacctFunction AttachContacts(
        ControlId controlId,
        string customerId,
        IReadOnlyList<ContactListEntry> entries
    )
    {
        const string What = "attach contacts to a CUSTOMER";
        Required.On(
            What,
            ("CUSTOMERID", customerId),
            ("a contact", entries.Count == 0 ? null : entries[0].ContactName)
        );
        foreach (var entry in entries)
            Required.On(What, ("CATEGORYNAME", entry.Category), ("CONTACT/NAME", entry.ContactName));
        return FunctionXml.Write(
            controlId,
            "update",
            w =>
                w.Group(
                    "CUSTOMER",
                    customer =>
                    {
                        customer.Field("CUSTOMERID", customerId);
                        foreach (var entry in entries)
                        {
                            customer.Group(
                                "CONTACT_LIST_INFO",
                                row =>
                                {
                                    row.Field("CATEGORYNAME", entry.Category);
                                    row.Group("CONTACT", contact => contact.Field("NAME", entry.ContactName));
                                }
                            );
                        }
                    }
                )
        );
    }
}
