using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Connections.Document;

/// <summary>What a document's values must be, beyond their shape.</summary>
/// <param name="AppUrlAllowed">Whether calls may go to an address.</param>
/// <param name="AllowedApps">A text that says which addresses may be named.</param>
public sealed record ConnectionRules(Func<Uri, bool> AppUrlAllowed, string AllowedApps)
{
    private static readonly string[] InvoiceStatuses =
    [
        "DRAFT",
        "READY_TO_INVOICE",
        "AWAIT_PAYMENT",
        "PARTIALLY_PAID",
        "PAID",
        "BAD_DEBT",
        "ARCHIVED",
        "CLOSED",
        "CANCELED",
    ];

    internal void Check(ConnectionSettings settings, SettingsReader root, SettingsReader zuper, FieldErrors errors)
    {
        if (settings.App != "zuper")
            root.Refuse("app", $"is '{settings.App}'; this version serves 'zuper'");
        CheckZuper(settings.Zuper, zuper);
        foreach (var address in settings.SyncFailureEmails.Where(a => !EmailAddress.IsOne(a)))
            root.Refuse("syncFailureEmails", $"holds '{address}', which is no e-mail address");
        foreach (
            var status in settings.Invoice.Statuses.Where(s => !InvoiceStatuses.Contains(s, StringComparer.Ordinal))
        )
            errors.Add("invoice.statuses", $"holds '{status}'; give some of {string.Join(", ", InvoiceStatuses)}");
    }

    private void CheckZuper(ZuperSettings settings, SettingsReader zuper)
    {
        if (settings.CompanyName is null && settings.ApiUrl is null)
            zuper.Refuse(
                "companyName",
                "and zuper.apiUrl are both missing; give the account's login name or its API address"
            );
        if (
            settings.ApiUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !AppUrlAllowed(address))
        )
            zuper.Refuse("apiUrl", $"is '{url}'; give an https address of {AllowedApps}");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
            zuper.Refuse("timeZone", $"is '{settings.TimeZone}'; give an IANA name such as America/Chicago");
    }
}
