using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Finding records by what a field holds.</summary>
public sealed partial class ZuperClient
{
    /// <summary>
    /// How many rows without custom fields are read by themselves to see whether they hold the value.
    /// </summary>
    private const int MaxRowsLookedInto = 10;

    /// <summary>
    /// Those, not deleted, whose custom field of that label has that value (developers.zuper.co, lists:
    /// filter.custom_field).
    /// </summary>
    /// <remarks>
    /// Rows that hold something else are left out, so a service that ignores the filter is no harm; of those only the
    /// first page is looked at.
    /// </remarks>
    private Task<IReadOnlyList<T>> FindByFieldAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string label,
        string value,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        var filter =
            "filter.custom_field="
            + Uri.EscapeDataString(
                JsonSerializer.Serialize(
                    new
                    {
                        label,
                        value,
                        is_regex = false,
                    }
                )
            );
        return FindAsync(
            kind,
            account,
            filter,
            PageSize,
            static row => row.CustomFieldsKnown,
            whole => ComparisonKey.AreEqual(whole.CustomField(label), value),
            priority,
            cancellationToken
        );
    }

    /// <summary>
    /// The organizations, not deleted, in whose name or e-mail address Zuper finds a word, and that are what is looked
    /// for (developers.zuper.co, Get Organizations: filter.keyword). Takes Zuper up to 14 seconds.
    /// </summary>
    /// <remarks>
    /// At most 1,000 rows are looked at. Those that fit are whole where Zuper's list leaves custom fields out, but for
    /// those beyond the tenth.
    /// </remarks>
    public Task<IReadOnlyList<ZuperOrganization>> SearchOrganizationsAsync(
        ZuperAccount account,
        string word,
        Func<ZuperOrganization, bool> fits,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => SearchAsync(ZuperKinds.Organization, account, word, fits, priority, cancellationToken);

    /// <inheritdoc cref="SearchOrganizationsAsync"/>
    public Task<IReadOnlyList<ZuperCustomer>> SearchCustomersAsync(
        ZuperAccount account,
        string word,
        Func<ZuperCustomer, bool> fits,
        RequestPriority priority,
        CancellationToken cancellationToken
    ) => SearchAsync(ZuperKinds.Customer, account, word, fits, priority, cancellationToken);

    private Task<IReadOnlyList<T>> SearchAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string word,
        Func<T, bool> fits,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord =>
        FindAsync(
            kind,
            account,
            "filter.keyword=" + Uri.EscapeDataString(word),
            LargestPage,
            row => row.CustomFieldsKnown || !fits(row),
            fits,
            priority,
            cancellationToken
        );

    /// <param name="kind">Of what.</param>
    /// <param name="account">Where.</param>
    /// <param name="filter">A query's last part.</param>
    /// <param name="most">How many rows are asked for.</param>
    /// <param name="tells">Whether a row has what <paramref name="fits"/> looks at; one that has not is read by
    /// itself.</param>
    /// <param name="fits">Whether it is one of those that are looked for.</param>
    /// <param name="priority">Whose share of the budget.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<IReadOnlyList<T>> FindAsync<T>(
        ZuperKind<T> kind,
        ZuperAccount account,
        string filter,
        int most,
        Func<T, bool> tells,
        Func<T, bool> fits,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
        where T : ZuperRecord
    {
        ArgumentNullException.ThrowIfNull(account);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Route}?page=1&count={most}&sort=ASC&sort_by=created_at&{filter}"
        );
        var call = new ZuperCall(HttpMethod.Get, kind.Route, account.Address(query))
        {
            Account = account,
            Priority = priority,
        };
        var page = ReadPage(kind, await SendAsync(call, cancellationToken), 1);
        var found = new List<T>();
        var lookedInto = 0;
        foreach (var row in page.Items)
        {
            var whole =
                tells(row) || lookedInto++ >= MaxRowsLookedInto
                    ? row
                    : await GetAsync(kind, account, row.Uid, priority, cancellationToken);
            if (whole is not null && fits(whole))
                found.Add(whole);
        }

        return found;
    }
}
