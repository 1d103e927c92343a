using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Comparing;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>
/// Which custom fields Zuper has, by their labels: those that its newest records carry, since no route lists them
/// (developers.zuper.co).
/// </summary>
internal static class CustomFieldReader
{
    /// <summary>How many records are looked at.</summary>
    private const int Looked = 50;

    /// <returns>The labels; null where there is no record yet whose custom fields Zuper shows.</returns>
    /// <exception cref="ZuperException">The records could not be read.</exception>
    public static async Task<IReadOnlyCollection<string>?> LabelsAsync(
        ZuperClient zuper,
        ZuperAccount account,
        CarriedFieldKind kind,
        CancellationToken cancellationToken
    )
    {
        if (kind.Name == CarriedFieldKind.Organization.Name)
            return LabelsOf(
                await NewestAsync(
                    (page, token) =>
                        zuper.ListOrganizationsAsync(account, null, page, Looked, false, RequestPriority.Live, token),
                    (uids, token) => zuper.GetOrganizationsAsync(account, uids, RequestPriority.Live, token),
                    cancellationToken
                )
            );
        if (kind.Name == CarriedFieldKind.Customer.Name)
            return LabelsOf(
                await NewestAsync(
                    (page, token) =>
                        zuper.ListCustomersAsync(account, null, page, Looked, false, RequestPriority.Live, token),
                    (uids, token) => zuper.GetCustomersAsync(account, uids, RequestPriority.Live, token),
                    cancellationToken
                )
            );
        var invoices = await NewestAsync(
            (page, token) => zuper.ListInvoicesAsync(account, null, page, Looked, false, RequestPriority.Live, token),
            (uids, token) => zuper.GetInvoicesAsync(account, uids, RequestPriority.Live, token),
            cancellationToken
        );
        return kind.Name == CarriedFieldKind.Invoice.Name
            ? LabelsOf(invoices)
            : Labels(
                invoices
                    .SelectMany(i => i.Lines)
                    .Where(l => l.CustomFieldsKnown)
                    .SelectMany(l => new[] { l.CustomFields, l.ProductFields })
            );
    }

    /// <summary>The list begins with the oldest, so its last page is where the newest are.</summary>
    private static async Task<IReadOnlyList<T>> NewestAsync<T>(
        Func<int, CancellationToken, Task<ZuperPage<T>>> page,
        Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, T>>> many,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var first = await page(1, cancellationToken);
        var last = (int)(((first.TotalRecords ?? 0) + Looked - 1) / Looked);
        var newest = last <= 1 ? first : await page(last, cancellationToken);
        return await Sides.WholeAsync(newest.Items, uids => many(uids, cancellationToken));
    }

    private static IReadOnlyCollection<string>? LabelsOf(IEnumerable<ZuperRecord> records) =>
        Labels(records.Where(r => r.CustomFieldsKnown).Select(r => r.CustomFields));

    private static IReadOnlyCollection<string>? Labels(IEnumerable<IReadOnlyList<ZuperCustomField>> records)
    {
        var shown = records.ToList();
        return shown.Count == 0
            ? null
            : new SortedSet<string>(shown.SelectMany(f => f).Select(f => f.Label), StringComparer.OrdinalIgnoreCase);
    }
}
