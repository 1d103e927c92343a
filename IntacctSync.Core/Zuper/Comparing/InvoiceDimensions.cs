using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// The dimensions that invoices take from custom fields of Zuper, on both sides of a comparison. Those that come from a
/// default of the settings are the accountants' own once an invoice is made, and are not compared.
/// </summary>
internal sealed class InvoiceDimensions(ZuperConnectionSettings settings)
{
    private static readonly string[] Queried = ["LOCATIONID", "DEPARTMENTID", "CLASSID", "PROJECTID"];

    private readonly string?[] _labels =
    [
        settings.InvoiceLocationField,
        settings.Invoice.DepartmentField,
        settings.Invoice.ClassField,
        settings.Invoice.ProjectField,
    ];

    /// <summary>What they are called in a comparison.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["location", "department", "class", "project"];

    /// <summary>The fields of a line that are compared.</summary>
    public IReadOnlyList<string> Names => [.. Queried.Where((_, i) => _labels[i] is not null)];

    /// <summary>What Zuper has; one that is empty there clears nothing, so nothing is said of it.</summary>
    public string?[] Of(ZuperInvoice invoice) =>
        [
            .. _labels.Select(label =>
                label is null || IntacctText.Clean(invoice.CustomField(label)) is not { Length: > 0 } value
                    ? null
                    : value
            ),
        ];

    /// <summary>What the lines have: where they have several, all of them.</summary>
    public string?[] Of(IReadOnlyList<IntacctRecord> lines) =>
        [
            .. Queried.Select(
                (name, i) =>
                    _labels[i] is null || lines.Count == 0
                        ? null
                        : string.Join(
                            "; ",
                            lines
                                .Select(l => l[name]?.Trim())
                                .Where(v => !string.IsNullOrEmpty(v))
                                .Distinct(StringComparer.OrdinalIgnoreCase)
                                .Order(StringComparer.Ordinal)
                        )
            ),
        ];
}
