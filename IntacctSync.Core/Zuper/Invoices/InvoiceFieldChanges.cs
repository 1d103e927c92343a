using System.Globalization;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Chooses the custom fields that a write of an invoice carries: those that have changed in Zuper since they were last
/// written. A field that is empty in Zuper is cleared only where the sync has written it.
/// </summary>
/// <remarks>
/// The fields of a line are remembered under the number that it has in Intacct, which no line there ever loses.
/// </remarks>
/// <param name="written">What was last written.</param>
public sealed class InvoiceFieldChanges(Fingerprints written)
{
    private readonly FieldChanges _changes = new(written, "", "");

    /// <summary>What the row's fingerprints become once the write has landed; null for none.</summary>
    public string? After => _changes.After.ToString() is { Length: > 0 } after ? after : null;

    /// <summary>Of an invoice that is booked. After it was linked by hand nothing is known of it.</summary>
    public static InvoiceFieldChanges Of(KeyMapEntry entry) => new(FieldChanges.Known(entry));

    /// <summary>The row's fingerprints once an invoice is made.</summary>
    public static string? AfterCreate(InvoiceDraft draft)
    {
        var changes = new InvoiceFieldChanges(Fingerprints.None);
        changes.OfHead(draft);
        for (var i = 0; i < draft.Lines.Count; i++)
            changes.OfLine(i + 1, draft.Lines[i].CustomFields);
        return changes.After;
    }

    /// <summary>Those of the invoice itself.</summary>
    public IReadOnlyDictionary<string, string?> OfHead(InvoiceDraft draft) =>
        CustomFieldXml.Choose(draft.CustomFields, _changes.Take);

    /// <summary>Those of a line.</summary>
    /// <param name="number">The number that the line has in Intacct, counted from 1, or gets when it is added.</param>
    /// <param name="fields">As they are mapped.</param>
    public IReadOnlyDictionary<string, string?> OfLine(int number, IReadOnlyDictionary<string, string?> fields)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"L{number}/");
        return CustomFieldXml.Choose(fields, (name, value) => _changes.Take(line + name, value));
    }
}
