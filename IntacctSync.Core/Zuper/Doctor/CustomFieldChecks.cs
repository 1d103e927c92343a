using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.CustomFields;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>Whether the custom fields that the settings carry are there, in Intacct and in Zuper.</summary>
internal static class CustomFieldChecks
{
    /// <summary>How many fields of an object a fix names.</summary>
    private const int Named = 10;

    public static BookCheck OfIntacct { get; } =
        new(ZuperCheckNames.IntacctCustomFields, s => CarriedFieldKind.Of(s).Count > 0, IntacctAsync)
        {
            Reads = "the fields of CUSTOMER, CONTACT or invoices",
            Permissions =
            [
                ZuperPermissions.Customers,
                ZuperPermissions.Contacts,
                ZuperPermissions.Invoices,
                ZuperPermissions.Orders,
            ],
        };

    /// <summary>Whether AR invoices have a field of their own for the location; both is well.</summary>
    public static BookCheck OfLocation { get; } =
        new(
            ZuperCheckNames.IntacctLocationField,
            s => s.SyncInvoices && CarriedFieldKind.OfInvoices(s.Invoice.Document).CopiedLabel(s) is not null,
            LocationAsync
        )
        {
            Reads = "the fields of ARINVOICE",
            Permissions = [ZuperPermissions.Invoices],
        };

    public static ZuperCheck OfZuper { get; } =
        new(ZuperCheckNames.CustomFields, s => CarriedFieldKind.Of(s).Count > 0, ZuperAsync);

    private static async Task<Finding> IntacctAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var settings = look.Settings.Zuper();
        var (found, wrong, there) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var kind in CarriedFieldKind.Of(settings))
        {
            var defined = await look.Client.ListCustomFieldsAsync(
                look.Credentials,
                kind.Object,
                kind.DefinitionOf(settings),
                cancellationToken
            );
            var faults = wrong.Count;
            foreach (var name in kind.Map(settings.CustomFields).Values.Order(StringComparer.Ordinal))
            {
                if (CustomFieldDefinition.Among(defined, name) is not { } field)
                    wrong.Add($"{kind.Object} has no custom field {name} ({kind.Setting})");
                else if (field.IsReadOnly)
                    wrong.Add($"{name} of {kind.Object} is set by Intacct itself ({kind.Setting})");
                else
                    found.Add($"{name} of {kind.Object} takes {CustomFieldConverter.Takes(field)}");
            }

            if (wrong.Count > faults)
                there.Add(Fields(kind, defined));
        }

        return wrong.Count == 0
            ? Finding.Passed($"Intacct has the custom fields that are carried: {string.Join("; ", found)}.")
            : throw new CheckFailedException(
                $"In Intacct, {string.Join("; ", wrong)}.",
                "Make the fields under Platform Services > Custom fields, or correct the settings, which take "
                    + $"integration names. {string.Join(" ", there)}"
            );
    }

    private static async Task<Finding> LocationAsync(IntacctLook look, CancellationToken cancellationToken)
    {
        var settings = look.Settings.Zuper();
        var label = settings.InvoiceLocationField;
        var defined = await look.Client.ListCustomFieldsAsync(
            look.Credentials,
            CarriedFieldKind.Invoice.Object,
            CarriedFieldKind.Invoice.DefinitionOf(settings),
            cancellationToken
        );
        return Finding.Passed(
            CarriedFieldMap.CopyOf(label, defined) is { } field
                ? $"The value of Zuper's field '{label}' (invoiceLocationField) becomes the location of the lines, and "
                    + $"is written to the custom field {field.Name} of invoices as well, which takes "
                    + $"{CustomFieldConverter.Takes(field)}."
                : $"The value of Zuper's field '{label}' (invoiceLocationField) becomes the location of the lines. "
                    + "Invoices in Intacct have no custom field of that name that could be written."
        );
    }

    /// <summary>
    /// What could have been named. Sage documents no custom field of contacts; whether a company has any is read.
    /// </summary>
    private static string Fields(CarriedFieldKind kind, IReadOnlyList<CustomFieldDefinition> defined)
    {
        if (defined.Count > 0)
            return $"{kind.Object} has {string.Join(", ", defined.Take(Named).Select(f => f.Name))}.";
        return kind == CarriedFieldKind.Customer
            ? "CONTACT shows no custom field at all in this company, so nothing can be carried to contacts: leave "
                + $"{kind.Setting} empty."
            : $"{kind.Object} has none yet.";
    }

    private static async Task<Finding> ZuperAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        var (absent, unseen) = (new List<string>(), new List<string>());
        foreach (var kind in CarriedFieldKind.Of(connection.Zuper()))
        {
            if (await CustomFieldReader.LabelsAsync(zuper, account, kind, cancellationToken) is { } labels)
                absent.AddRange(
                    kind.Map(connection.Zuper().CustomFields)
                        .Keys.Where(label => !labels.Any(l => ComparisonKey.AreEqual(l, label)))
                        .Select(label => $"{kind.Setting} ('{label}')")
                );
            else
                unseen.Add(kind.Setting);
        }

        if (absent.Count > 0)
            return Finding.Advice(
                $"None of the newest records has the custom field of {string.Join(", ", absent)}.",
                "If the name is misspelt, correct it: it is the label that the field has in Zuper."
            );
        return unseen.Count == 0
            ? Finding.Passed("The custom fields occur on the newest records.")
            : Finding.CannotTell(
                $"Not made for {string.Join(", ", unseen)}: there is no record yet whose custom fields could be looked "
                    + "at."
            );
    }
}
