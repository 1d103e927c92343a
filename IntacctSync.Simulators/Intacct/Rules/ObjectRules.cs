using IntacctSync.Simulators.Intacct.Rules.Invoices;
using IntacctSync.Simulators.Intacct.Rules.Payments;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>Which objects can be written by the generic functions.</summary>
internal static class ObjectRules
{
    /// <summary>Null where the object can only be read.</summary>
    public static IObjectRules? Of(string name) =>
        name.ToUpperInvariant() switch
        {
            "CUSTOMER" => new CustomerRules(),
            "CONTACT" => new ContactRules(),
            "ARTERM" => new TermRules(),
            "ITEM" => new NamedRules("ITEM", "Item"),
            "PRODUCTLINE" => new NamedRules("PRODUCTLINE", "Product Line"),
            "GLACCOUNT" => new NamedRules("GLACCOUNT", "GL Account"),
            "ARACCOUNTLABEL" => new NamedRules("ARACCOUNTLABEL", "AR Account Label"),
            "LOCATION" => new NamedRules("LOCATION", "Location"),
            "DEPARTMENT" => new NamedRules("DEPARTMENT", "Department"),
            "CLASS" => new NamedRules("CLASS", "Class"),
            "PROJECT" => new NamedRules("PROJECT", "Project"),
            "TAXSOLUTION" => new NamedRules("TAXSOLUTION", "Tax Solution"),
            "ARINVOICE" => new InvoiceRules(),
            "ARADJUSTMENT" => new AdjustmentRules(),
            "ARADVANCE" => new AdvanceRules(),
            "CHECKINGACCOUNT" => new NamedRules("CHECKINGACCOUNT", "Checking Account"),
            "SAVINGSACCOUNT" => new NamedRules("SAVINGSACCOUNT", "Savings Account"),
            "ARPYMT" => new PaymentRules(),
            _ => null,
        };
}
