using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Functions that write a CUSTOMER. Each writes one, since a create of several can be kept in part.</summary>
public static class CustomerRequests
{
    /// <exception cref="ArgumentException">Something that Intacct requires is missing.</exception>
    public static IntacctFunction Create(ControlId controlId, CustomerFields customer)
    {
        Required.On("create a CUSTOMER", ("NAME", customer.Name), ("DISPLAYCONTACT/PRINTAS", customer.DisplayContact?.PrintAs));
        return FunctionXml.Write(controlId, "create", w => w.Group("CUSTOMER", customer.Write));
    }

    /// <summary>Changes only the fields that are given.</summary>
    /// <exception cref="ArgumentException">Neither RECORDNO nor CUSTOMERID says which customer.</exception>
    public static IntacctFunction Update(ControlId controlId, CustomerFields customer)
    {
        Required.On("update a CUSTOMER", ("RECORDNO or CUSTOMERID", customer.RecordNo ?? customer.CustomerId));
        return FunctionXml.Write(controlId, "update", w => w.Group("CUSTOMER", customer.Write));
    }
}
