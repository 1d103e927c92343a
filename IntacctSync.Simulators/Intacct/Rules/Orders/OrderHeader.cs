using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>The parts of a document's header that its making and its changes share.</summary>
internal static class OrderHeader
{
    /// <summary>
    /// Term and due date; with neither, the customer's term, and without that the day itself [assumed].
    /// </summary>
    public static void PutDue(
        WriteContext context,
        Dictionary<string, string> values,
        DateOnly date,
        XElement call,
        StoredRecord? customer
    )
    {
        var name = call.Text("termname") is { Length: > 0 } named
            ? named
            : customer?["TERMNAME"] ?? values.GetValueOrDefault("TERM.NAME", "");
        var due = call.Date("datedue");
        if (name.Length > 0)
        {
            var term = Ledger.Term(context, name);
            values["TERM.NAME"] = name;
            values["TERMKEY"] = Money.Number(term.RecordNo);
            due ??= date.AddDays((int)term.Amount("DUEDATE"));
        }
        due ??= date;
        InvoiceHeader.RequireDueAfter(date, due.Value);
        values["WHENDUE"] = Money.Text(due);
    }

    public static void PutContacts(
        WriteContext context,
        Dictionary<string, string> values,
        StoredRecord? customer,
        XElement call
    )
    {
        foreach (var (element, field) in new[] { ("billto", "BILLTOKEY"), ("shipto", "SHIPTOKEY") })
            if (call.Contact(element) is { Length: > 0 } name)
                values[field] = Money.Number(Ledger.Contact(context, name).RecordNo);
            else if (customer is not null)
                values[field] = customer[field] is { Length: > 0 } key ? key : customer["DISPLAYCONTACTKEY"];
    }
}
