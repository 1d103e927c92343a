using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Functions that write a CONTACT, one each.</summary>
public static class ContactRequests
{
    /// <exception cref="ArgumentException">Something that Intacct requires is missing.</exception>
    public static IntacctFunction Create(ControlId controlId, ContactFields contact)
    {
        Required.On("create a CONTACT", ("CONTACTNAME", contact.ContactName), ("PRINTAS", contact.PrintAs));
        return FunctionXml.Write(controlId, "create", w => w.Group("CONTACT", contact.Write));
    }

    /// <summary>Changes only the fields that are given.</summary>
    /// <exception cref="ArgumentException">No CONTACTNAME says which contact.</exception>
    public static IntacctFunction Update(ControlId controlId, ContactFields contact)
    {
        Required.On("update a CONTACT", ("CONTACTNAME", contact.ContactName));
        return FunctionXml.Write(controlId, "update", w => w.Group("CONTACT", contact.Write));
    }
}
