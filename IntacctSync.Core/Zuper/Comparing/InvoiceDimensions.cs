using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// The dimensions that invoices carry, on both sides of a comparison. In Zuper the invoice has each once, in Intacct
/// each of its lines has it.
/// </summary>
/// <param name="settings">They name the custom fields that dimensions are read from; the others are not
/// compared.</param>
internal sealed class InvoiceDimensions(ZuperConnectionSettings settings)
{
    private const string None = "none";

    private static readonly string[] Columns = ["LOCATIONID", "DEPARTMENTID", "CLASSID", "PROJECTID"];

    private readonly string?[] _fields = FieldsOf(settings);

    /// <summary>What a comparison calls them, in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } = ["location", "department", "class", "project"];

    /// <summary>The fields of a line that are read for them.</summary>
    public IReadOnlyList<string> LineFields => [.. Columns.Where((_, i) => _fields[i] is not null)];

    /// <summary>What Zuper has in them; null where it does not say, as in lists that leave custom fields out.</summary>
    public string?[] Of(ZuperInvoice invoice) =>
        [
            .. _fields.Select(f =>
                f is null || !invoice.CustomFieldsKnown ? null : IntacctText.Clean(invoice.CustomField(f))
            ),
        ];

    /// <summary>What the lines have in them in Intacct: one value where they agree, else all of them.</summary>
    public string?[] Of(IReadOnlyList<IntacctRecord> lines) =>
        [.. Columns.Select((column, i) => _fields[i] is null || lines.Count == 0 ? null : Together(lines, column))];

    private static string Together(IReadOnlyList<IntacctRecord> lines, string column)
    {
        var values = lines.Select(l => l[column] ?? "").Distinct(StringComparer.Ordinal).ToList();
        return values is [var only]
            ? only
            : string.Join(", ", values.Select(v => v.Length == 0 ? None : v).Order(StringComparer.Ordinal));
    }

    private static string?[] FieldsOf(ZuperConnectionSettings settings) =>
        [
            settings.InvoiceLocationField,
            settings.Invoice.DepartmentField,
            settings.Invoice.ClassField,
            settings.Invoice.ProjectField,
        ];
}
