using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>The parts of an invoice's header that its making and its changes share.</summary>
internal static class InvoiceHeader
{
    public static void PutCustomer(Dictionary<string, string> values, StoredRecord customer)
    {
        values["CUSTOMERID"] = customer["CUSTOMERID"];
        values["CUSTOMERNAME"] = customer["NAME"];
        values["CUSTOMERKEY"] = Money.Number(customer.RecordNo);
    }

    /// <summary>
    /// The two contacts by their names; null = the customer's own, which is bill-to, ship-to or else the display
    /// contact.
    /// </summary>
    public static void PutContacts(
        WriteContext context,
        Dictionary<string, string> values,
        StoredRecord? customer,
        string? billTo,
        string? shipTo
    )
    {
        Put("BILLTOPAYTO", billTo, customer?["BILLTOKEY"]);
        Put("SHIPTORETURNTO", shipTo, customer?["SHIPTOKEY"]);

        void Put(string field, string? name, string? key)
        {
            var contact = name switch
            {
                { Length: > 0 } => Ledger.Contact(context, name),
                _ when customer is null => null,
                _ => context
                    .Table("CONTACT")
                    .Find(
                        int.Parse(
                            key is { Length: > 0 } ? key : customer["DISPLAYCONTACTKEY"],
                            CultureInfo.InvariantCulture
                        )
                    ),
            };
            if (contact is null)
                return;
            values[$"{field}CONTACTNAME"] = contact["CONTACTNAME"];
            values[$"{field}KEY"] = Money.Number(contact.RecordNo);
        }
    }

    /// <summary>
    /// Term and due date: at least one is given; a due date that is given wins, else the term makes it.
    /// </summary>
    public static void PutDue(WriteContext context, Dictionary<string, string> values, DateOnly date, XElement call)
    {
        var due = call.Date("datedue");
        var name = call.Text("termname");
        if (due is null && name.Length == 0)
            throw RefusedException.Invalid("Either a due date or a term is required");
        if (name.Length > 0)
        {
            var term = Ledger.Term(context, name);
            values["TERMNAME"] = name;
            values["TERMKEY"] = Money.Number(term.RecordNo);
            due ??= date.AddDays((int)term.Amount("DUEDATE"));
        }
        RequireDueAfter(date, due!.Value);
        values["WHENDUE"] = Money.Text(due);
    }

    public static void RequireDueAfter(DateOnly date, DateOnly due)
    {
        if (due < date)
            throw RefusedException.Invalid("Date Due cannot be earlier than date of transaction");
    }

    public static void PutState(Dictionary<string, string> values, bool draft)
    {
        values["STATE"] = draft ? "Draft" : "Posted";
        values["RAWSTATE"] = draft ? "D" : "A";
    }

    /// <summary>By RECORDNO, or by the external id where the call says so.</summary>
    public static StoredRecord Find(WriteContext context, XElement call, string verb)
    {
        var key = call.Attribute("key")!.Value.Trim();
        var table = context.Table("ARINVOICE");
        return call.Flag("externalkey")
            ? table.FindAll("EXTERNALID", key) is [var found, ..]
                ? found
                : throw RefusedException.Generic($"Cannot find arinvoice with key '{key}' to {verb}.")
            : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && table.Find(number) is { } record
                ? record
                : throw RefusedException.Generic($"No record exits for the recordkey '{key}'.");
    }
}
