using System.Xml;
using System.Xml.Linq;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Functions that write an Order Entry document, one each. They answer its id as the key, such as <c>Sales
/// Invoice-INV-2041</c>.
/// </summary>
public static class OrderEntryRequests
{
    /// <exception cref="ArgumentException">Something that Intacct requires is missing.</exception>
    public static IntacctFunction Create(ControlId controlId, OrderEntryFields document)
    {
        const string What = "create an Order Entry document";
        Required.On(
            What,
            ("transactiontype", document.TransactionType),
            ("customerid", document.CustomerId),
            ("documentno", document.DocumentNo),
            ("a line", document.Lines.Count == 0 ? null : "given")
        );
        foreach (var line in document.Lines)
            Required.On(What, ("itemid of each line", line.ItemId));
        return FunctionXml.Write(controlId, "create_sotransaction", document.Write);
    }

    /// <param name="controlId">Of the function.</param>
    /// <param name="docId">The definition's name, a hyphen and the number.</param>
    /// <param name="update">The changes; see there for those that can't be made.</param>
    /// <exception cref="ArgumentException">No id, or a line number below 1.</exception>
    public static IntacctFunction Update(ControlId controlId, string docId, OrderEntryUpdate update)
    {
        const string What = "update an Order Entry document";
        Required.On(What, ("its id", docId));
        if (update.Changed.FirstOrDefault(line => line.LineNum < 1) is { } wrong)
            throw new ArgumentException($"To {What}, line_num counts from 1 and was {wrong.LineNum}.", nameof(update));
        return FunctionXml.Write(
            controlId,
            "update_sotransaction",
            w =>
            {
                w.WriteAttributeString("key", docId);
                update.Write(w);
            }
        );
    }

    /// <summary>Deletes the document and its invoice.</summary>
    /// <exception cref="ArgumentException">No id.</exception>
    public static IntacctFunction Delete(ControlId controlId, string docId)
    {
        Required.On("delete an Order Entry document", ("its id", docId));
        return FunctionXml.Write(controlId, "delete_sotransaction", w => w.WriteAttributeString("key", docId));
    }

    /// <summary>
    /// The transaction definition that a function makes a document of; null for a function that makes none.
    /// </summary>
    public static string? DefinitionOf(string function)
    {
        const string Making = "<create_sotransaction>";
        return function.StartsWith(Making, StringComparison.Ordinal)
            ? XElement.Parse(function).Element("transactiontype")?.Value
            : null;
    }

    internal static void WriteSubtotals(
        XmlWriter writer,
        string list,
        string one,
        IReadOnlyList<OrderEntrySubtotal> subtotals
    )
    {
        if (subtotals.Count == 0)
            return;
        writer.Group(
            list,
            w =>
            {
                foreach (var subtotal in subtotals)
                    w.Group(one, subtotal.Write);
            }
        );
    }
}
