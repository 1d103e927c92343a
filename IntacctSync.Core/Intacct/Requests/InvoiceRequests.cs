using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Functions that write an invoice of Accounts Receivable, one each. They answer its RECORDNO as the key.
/// </summary>
public static class InvoiceRequests
{
    /// <summary>Makes and posts an invoice.</summary>
    /// <exception cref="ArgumentException">Something that Intacct requires is missing.</exception>
    public static IntacctFunction Create(ControlId controlId, InvoiceFields invoice)
    {
        const string What = "create an invoice";
        Required.On(
            What,
            ("customerid", invoice.CustomerId),
            ("datedue or termname", invoice.DueDate is null ? invoice.TermName : "given"),
            ("a line", invoice.Lines.Count == 0 ? null : "given")
        );
        foreach (var line in invoice.Lines)
            line.Check(What, isNew: true);
        return FunctionXml.Write(controlId, "create_invoice", invoice.Write);
    }

    /// <param name="controlId">Of the function.</param>
    /// <param name="key">The invoice's RECORDNO.</param>
    /// <param name="update">The changes; see there for those that can't be made.</param>
    /// <exception cref="ArgumentException">No key, or a line that Intacct would refuse.</exception>
    public static IntacctFunction Update(ControlId controlId, string key, InvoiceUpdate update)
    {
        const string What = "update an invoice";
        Required.On(What, ("its key", key));
        foreach (var (number, line) in update.Changed)
        {
            if (number < 1)
                throw new ArgumentException($"To {What}, line_num counts from 1 and was {number}.", nameof(update));
            line.Check(What, isNew: false);
        }

        foreach (var line in update.Added)
            line.Check(What, isNew: true);
        return FunctionXml.Write(
            controlId,
            "update_invoice",
            w =>
            {
                w.WriteAttributeString("key", key);
                update.Write(w);
            }
        );
    }

    /// <summary>
    /// Books the opposite amounts, so that nothing is due any more; Intacct refuses it for an invoice with payments.
    /// </summary>
    /// <exception cref="ArgumentException">No key.</exception>
    public static IntacctFunction Reverse(ControlId controlId, string key, DateOnly reversed, string? description)
    {
        Required.On("reverse an invoice", ("its key", key));
        return FunctionXml.Write(
            controlId,
            "reverse_invoice",
            w =>
            {
                w.WriteAttributeString("key", key);
                w.Date("datereversed", reversed);
                w.Field("description", description);
            }
        );
    }
}
