using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the account is set up as the settings say: categories, payment modes, custom fields.
/// </summary>
internal static class ZuperSetupChecks
{
    /// <summary>How many of the newest invoices are looked at for a custom field.</summary>
    private const int Recent = 50;

    public static IReadOnlyList<ZuperCheck> All { get; } =
    [
        new(ZuperCheckNames.Categories, s => s.SyncProducts, CategoriesAsync),
        new(ZuperCheckNames.PaymentModes, s => s.SyncPayments, PaymentModesAsync),
        new(ZuperCheckNames.InvoiceFields, s => s.SyncInvoices && Fields(s).Any(), InvoiceFieldsAsync),
        CustomFieldChecks.OfZuper,
    ];

    private static IEnumerable<string> Categories(ZuperConnectionSettings settings) =>
        settings.ProductCategories.Values.Append(settings.DefaultProductCategoryUid).OfType<string>();

    private static IEnumerable<string> Modes(ZuperConnectionSettings settings) =>
        settings.PaymentModes.Values.Append(settings.DefaultPaymentModeUid).OfType<string>();

    private static IEnumerable<(string Setting, string Label)> Fields(ZuperConnectionSettings settings) =>
        from field in new[]
        {
            ("invoiceLocationField", settings.InvoiceLocationField),
            ("invoice.departmentField", settings.Invoice.DepartmentField),
            ("invoice.classField", settings.Invoice.ClassField),
            ("invoice.projectField", settings.Invoice.ProjectField),
        }
        where field.Item2 is not null
        select (field.Item1, field.Item2);

    private static async Task<Finding> CategoriesAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        var known = await zuper.ListCategoriesAsync(account, cancellationToken);
        var unknown = Categories(connection.Zuper())
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(uid => !known.ContainsKey(uid))
            .ToList();
        if (!Categories(connection.Zuper()).Any())
            return Finding.Advice(
                "No product category is set.",
                known.Count == 0
                    ? "Make a product category in Zuper, and set defaultProductCategoryUid to its uid."
                    : $"Set defaultProductCategoryUid to one of Zuper's categories: {Shown(known)}."
            );
        return unknown.Count == 0
            ? Finding.Passed("The product categories exist.")
            : throw new CheckFailedException(
                $"Zuper has no product category {string.Join(", ", unknown)}.",
                known.Count == 0
                    ? "Make a product category in Zuper, and set defaultProductCategoryUid to its uid."
                    : $"Correct defaultProductCategoryUid and productCategories; Zuper has {Shown(known)}."
            );
    }

    private static string Shown(IEnumerable<KeyValuePair<string, string>> named) =>
        string.Join(", ", named.Select(c => $"{c.Value} ({c.Key})").Take(10));

    /// <summary>Zuper has no route that lists payment modes; recent payments show some of them.</summary>
    private static async Task<Finding> PaymentModesAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        var settings = connection.Zuper();
        var seen = (await NewestInvoicesAsync(account, zuper, cancellationToken))
            .SelectMany(i => i.Payments)
            .Where(p => p.ModeUid is not null)
            .GroupBy(p => p.ModeUid!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Last().ModeName ?? "no name", StringComparer.OrdinalIgnoreCase);
        var known = seen.Count == 0 ? "" : $" Recent payments show {Shown(seen)}.";
        var wrong = Modes(settings).Where(uid => !Guid.TryParse(uid, out _)).Distinct(StringComparer.Ordinal).ToList();
        if (wrong.Count > 0)
            throw new CheckFailedException(
                $"{string.Join(", ", wrong)} is no uid of a Zuper payment mode.",
                "Set defaultPaymentModeUid and paymentModes to uids such as "
                    + "3c77a1d0-52f4-4c0b-9d15-6f0c1f7be101, which Zuper's support tells."
                    + known
            );
        if (!Modes(settings).Any())
            return Finding.Advice(
                "No payment mode is set.",
                "Set defaultPaymentModeUid to the uid of a Zuper payment mode, which Zuper's support tells." + known
            );
        return Modes(settings).All(seen.ContainsKey)
            ? Finding.Passed("Recent payments show the payment modes.")
            : Finding.CannotTell(
                "Not made: Zuper has no route that lists payment modes. Their uids look like uids; the first "
                    + $"payment shows whether they are known.{known}"
            );
    }

    private static async Task<Finding> InvoiceFieldsAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        var shown = (await NewestInvoicesAsync(account, zuper, cancellationToken))
            .Where(invoice => invoice.CustomFieldsKnown)
            .ToList();
        if (shown.Count == 0)
            return Finding.CannotTell("Not made: there is no invoice yet whose custom fields could be looked at.");
        var absent = Fields(connection.Zuper())
            .Where(field => !shown.Any(i => i.CustomFields.Any(c => ComparisonKey.AreEqual(c.Label, field.Label))))
            .Select(field => $"{field.Setting} ('{field.Label}')")
            .ToList();
        return absent.Count == 0
            ? Finding.Passed($"The custom fields occur on the newest {shown.Count} invoices.")
            : Finding.Advice(
                $"None of the newest {shown.Count} invoices has the custom field of {string.Join(", ", absent)}.",
                "If the name is misspelt, correct it: it is the label that the field has on Zuper's invoices."
            );
    }

    private static async Task<IReadOnlyList<ZuperInvoice>> NewestInvoicesAsync(
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        // The list begins with the oldest, so its last page is where the newest are.
        var first = await zuper.ListInvoicesAsync(
            account,
            null,
            1,
            Recent,
            deleted: false,
            RequestPriority.Live,
            cancellationToken
        );
        var last = (int)(((first.TotalRecords ?? 0) + Recent - 1) / Recent);
        var page =
            last <= 1
                ? first
                : await zuper.ListInvoicesAsync(
                    account,
                    null,
                    last,
                    Recent,
                    deleted: false,
                    RequestPriority.Live,
                    cancellationToken
                );
        return page.Items;
    }
}
