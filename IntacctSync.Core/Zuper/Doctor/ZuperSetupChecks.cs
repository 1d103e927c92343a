using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the account is set up as the settings say: webhooks, categories, payment modes, custom fields.
/// </summary>
internal static class ZuperSetupChecks
{
    /// <summary>How many of the newest invoices are looked at for a custom field.</summary>
    private const int Recent = 50;

    public static IReadOnlyList<ZuperCheck> All { get; } =
    [
        new(ZuperCheckNames.Webhooks, s => Events(s).Any(), WebhooksAsync),
        new(ZuperCheckNames.Categories, s => s.SyncProducts && Categories(s).Any(), CategoriesAsync),
        new(
            ZuperCheckNames.PaymentModes,
            s => s.SyncPayments && Modes(s).Any(),
            (connection, _, _, _) => Task.FromResult(PaymentModes(connection.Zuper()))
        ),
        new(ZuperCheckNames.InvoiceFields, s => s.SyncInvoices && Fields(s).Any(), InvoiceFieldsAsync),
    ];

    private static IEnumerable<ZuperEvent> Events(ZuperConnectionSettings settings) =>
        [
            .. settings.SyncOrganizations ? ZuperEvent.OfOrganizations : [],
            .. settings.SyncCustomers ? ZuperEvent.OfCustomers : [],
            .. settings.SyncInvoices ? ZuperEvent.OfInvoices : [],
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

    /// <summary>
    /// Its own address is not known here, so a webhook is ours when it leads to this connection's path.
    /// </summary>
    private static async Task<Finding> WebhooksAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        var path = $"/api/webhooks/{connection.Id}";
        IReadOnlyList<ZuperWebhook> webhooks;
        try
        {
            webhooks = await zuper.ListWebhooksAsync(account, cancellationToken);
        }
        catch (ZuperException e)
            when (e.Failure is ZuperFailure.NotFound or ZuperFailure.Rejected or ZuperFailure.Unreadable)
        {
            return Finding.CannotTell($"Not made: Zuper does not show its webhooks to this key. {e.Message}");
        }

        var ours = webhooks.Where(w => w.IsActive && w.LeadsTo(connection.Id)).ToList();
        if (ours.Count == 0)
            return Finding.Advice(
                $"Zuper has no active webhook to {path}: changes are found by the next sweep, and not at once.",
                "To have them told at once, register webhooks: in the console, under Settings > Webhooks, mail and "
                    + "role, by one button; or in Zuper, under Settings > Developer Hub > Webhooks, with the header "
                    + "x-hook-secret."
            );
        if (
            ours.Select(w => new Uri(w.Url).GetLeftPart(UriPartial.Authority))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToList()
            is [_, _, ..] hosts
        )
            throw new CheckFailedException(
                $"The webhooks of this connection lead to {string.Join(" and ", hosts)}; only one of these can be "
                    + $"this host.",
                "In Zuper, under Settings > Developer Hub > Webhooks, remove those that lead elsewhere."
            );
        var active = ours.Select(w => w.Event).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = Events(connection.Zuper()).Select(e => e.Name).Where(name => !active.Contains(name)).ToList();
        return missing.Count == 0
            ? Finding.Passed($"Zuper has {active.Count} active webhooks that lead here.")
            : throw new CheckFailedException(
                $"Zuper has no active webhook to {path} for {string.Join(", ", missing)}: such changes are "
                    + $"found by the next sweep, and not at once.",
                $"In Zuper, under Settings > Developer Hub > Webhooks, add one for each of "
                    + $"{string.Join(", ", missing)}: POST, to this host's {path}, with the header x-hook-secret."
            );
    }

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
        return unknown.Count == 0
            ? Finding.Passed("The product categories exist.")
            : throw new CheckFailedException(
                $"Zuper has no product category {string.Join(", ", unknown)}.",
                known.Count == 0
                    ? "Make a product category in Zuper, and set defaultProductCategoryUid to its uid."
                    : $"Correct defaultProductCategoryUid and productCategories; Zuper has "
                        + $"{string.Join(", ", known.Select(c => $"{c.Key} ({c.Value})").Take(10))}."
            );
    }

    private static Finding PaymentModes(ZuperConnectionSettings settings)
    {
        var wrong = Modes(settings).Where(uid => !Guid.TryParse(uid, out _)).Distinct(StringComparer.Ordinal).ToList();
        return wrong.Count == 0
            ? Finding.CannotTell(
                "Not made: Zuper has no route that lists payment modes. Their uids look like uids; the first "
                    + "payment shows whether they are known."
            )
            : throw new CheckFailedException(
                $"{string.Join(", ", wrong)} is no uid of a Zuper payment mode.",
                "Set defaultPaymentModeUid and paymentModes to uids such as "
                    + "3c77a1d0-52f4-4c0b-9d15-6f0c1f7be101, which Zuper's support tells."
            );
    }

    private static async Task<Finding> InvoiceFieldsAsync(
        Connection connection,
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
        var shown = page.Items.Where(invoice => invoice.CustomFieldsKnown).ToList();
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
}
