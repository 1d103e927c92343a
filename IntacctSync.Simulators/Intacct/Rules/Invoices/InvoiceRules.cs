using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// ARINVOICE by the generic functions: it can be deleted. A generic create exists for some and is documented for none,
/// so the API is refused it; what a person changes in a posted invoice's header goes through here.
/// </summary>
internal sealed class InvoiceRules : IObjectRules
{
    private static readonly string[] ByHand = ["DESCRIPTION", "DOCNUMBER", "WHENDUE", "TERMNAME"];

    public static string? DeleteLegacy(WriteContext context, XElement call)
    {
        Delete(context, InvoiceHeader.Find(context, call, "delete"));
        return null;
    }

    public StoredRecord Create(WriteContext context, FieldValues fields) =>
        throw RefusedException.Generic("An invoice is made by create_invoice.");

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        if (context.Stamp.Source == "api")
            throw RefusedException.Generic("An invoice is changed by update_invoice.");
        var table = context.Table("ARINVOICE");
        var invoice = Existing.Find(table, fields, "update");
        var values = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal);
        foreach (var (name, value) in fields.All)
            if (ByHand.Contains(name, StringComparer.Ordinal))
                values[name] = value;
            else if (name != "RECORDNO")
                throw RefusedException.Generic(
                    $"{name} of an invoice is not changed by hand here; {string.Join(", ", ByHand)} are."
                );
        if (fields["TERMNAME"] is { Length: > 0 } term)
            values["TERMKEY"] = Money.Number(Ledger.Term(context, term).RecordNo);
        return context.Books.Update(table, invoice, values, context.Stamp);
    }

    public void Delete(WriteContext context, string key) =>
        Delete(context, Existing.FindByRecordNo(context.Table("ARINVOICE"), key, "delete"));

    /// <summary>Removes an invoice that Order Entry or a person takes back, without asking.</summary>
    public static void Remove(WriteContext context, StoredRecord invoice)
    {
        ReceivableKind.Invoice.RemoveLines(context, invoice);
        context.Books.Delete(context.Table("ARINVOICE"), invoice, context.Stamp);
    }

    private static void Delete(WriteContext context, StoredRecord invoice)
    {
        var number = invoice["RECORDID"];
        if (invoice["MODULEKEY"] == "8.SO")
            throw RefusedException.Generic(
                $"The invoice '{number}' was created in Order Entry and cannot be deleted here."
            );
        if (invoice["STATE"] is not ("Draft" or "Posted") || invoice.Amount("TRX_TOTALPAID") != 0)
            throw RefusedException.Generic($"The invoice '{number}' is {invoice["STATE"]} and cannot be deleted.");
        Ledger.RequireOpen(context, invoice.Day("WHENPOSTED")!.Value);
        Remove(context, invoice);
    }
}
