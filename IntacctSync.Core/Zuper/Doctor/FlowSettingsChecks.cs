using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>
/// Whether the settings say all that the flows which are on will ask. What is missing would make every record of a flow
/// wait for a person.
/// </summary>
internal static class FlowSettingsChecks
{
    public static IReadOnlyList<AppCheck> Of(ZuperConnectionSettings settings) =>
        [.. Names(settings).Select(name => new AppCheck(name, null, _ => Task.FromResult(Look(name, settings))))];

    private static IReadOnlyList<string> Names(ZuperConnectionSettings settings) =>
        [
            ZuperCheckNames.TimeZone,
            .. settings.SyncInvoices ? [ZuperCheckNames.InvoiceSettings] : Array.Empty<string>(),
            .. settings.SyncProducts ? [ZuperCheckNames.ProductSettings] : Array.Empty<string>(),
            .. settings.SyncPayments ? [ZuperCheckNames.PaymentSettings] : Array.Empty<string>(),
        ];

    private static Finding Look(string name, ZuperConnectionSettings settings) =>
        name switch
        {
            ZuperCheckNames.TimeZone => TimeZone(settings.Zuper.TimeZone),
            ZuperCheckNames.InvoiceSettings => Invoices(settings.Invoice),
            ZuperCheckNames.ProductSettings => Products(settings),
            _ => Payments(settings),
        };

    private static Finding TimeZone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)
            ? Finding.Passed($"Zuper's dates are read as those of {id}.")
            : throw new CheckFailedException(
                $"This machine knows no time zone '{id}'.",
                "Set zuper.timeZone to the IANA name of the Zuper account's time zone, such as "
                    + "America/Chicago, or install the machine's time zone data."
            );

    private static Finding Invoices(InvoiceSettings invoice)
    {
        if (invoice.Statuses.Count == 0)
            throw new CheckFailedException(
                "invoice.statuses is empty, so no invoice would ever be carried over.",
                "Name the statuses in which an invoice is made in Intacct, or set syncInvoices to false."
            );
        if (invoice.Document == InvoiceDocument.OrderEntry)
            return Finding.Passed(
                $"Invoices become Order Entry documents of the definition '{invoice.TransactionDefinition}'."
            );
        if (invoice is { GlAccountNo: null, AccountLabel: null })
        {
            throw new CheckFailedException(
                "Neither invoice.glAccountNo nor invoice.accountLabel is set, so each invoice would need a person.",
                "Set the one that the company's AR preference asks for: invoice.glAccountNo, or "
                    + "invoice.accountLabel where the company uses account labels."
            );
        }

        var without = new[]
        {
            ("tax", invoice.Tax),
            ("discount", invoice.Discount),
            ("fee", invoice.Fee),
            ("rounding", invoice.Rounding),
        }
            .Where(part => part.Item2 is { GlAccountNo: null, AccountLabel: null })
            .Select(part => $"invoice.{part.Item1}.{(invoice.AccountLabel is null ? "glAccountNo" : "accountLabel")}")
            .ToList();
        var detail = $"Lines are posted to {invoice.GlAccountNo ?? invoice.AccountLabel}.";
        return without.Count == 0
            ? Finding.Passed(detail)
            : Finding.Advice(
                $"{detail} {string.Join(", ", without)} {(without.Count == 1 ? "is" : "are")} not set: an invoice "
                    + "with such an amount needs a person.",
                $"Set {string.Join(", ", without)}, if invoices have such amounts."
            );
    }

    private static Finding Products(ZuperConnectionSettings settings) =>
        settings switch
        {
            { DefaultProductCategoryUid: not null } => Finding.Passed(
                "Items without a category of their own get the default category."
            ),
            { ProductCategories.Count: > 0 } => Finding.Advice(
                $"{settings.ProductCategories.Count} product lines have a category; an item of another one "
                    + $"needs a person.",
                "Set defaultProductCategoryUid to the uid of a Zuper category for all others."
            ),
            _ => throw new CheckFailedException(
                "Neither defaultProductCategoryUid nor productCategories is set, and Zuper takes no product "
                    + "without a category.",
                "Set defaultProductCategoryUid to the uid of a Zuper category, or set syncProducts to false."
            ),
        };

    private static Finding Payments(ZuperConnectionSettings settings) =>
        settings switch
        {
            { DefaultPaymentModeUid: not null } => Finding.Passed(
                "A payment method that names no mode gets the default payment mode."
            ),
            { PaymentModes.Count: > 0 } => Finding.Advice(
                $"{settings.PaymentModes.Count} payment methods have a mode; a payment by another one needs a person.",
                "Set defaultPaymentModeUid to the uid of a Zuper payment mode for all others."
            ),
            _ => throw new CheckFailedException(
                "Neither defaultPaymentModeUid nor paymentModes is set, and Zuper takes no payment without a mode.",
                "Set defaultPaymentModeUid to the uid of a Zuper payment mode, which Zuper's support tells, or "
                    + "set syncPayments to false."
            ),
        };
}
