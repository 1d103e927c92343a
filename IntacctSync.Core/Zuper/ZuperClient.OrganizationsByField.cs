using System.Text.Json;

namespace IntacctSync.Core.Zuper;

/// <summary>Finding organizations by what a custom field holds.</summary>
public sealed partial class ZuperClient
{
    /// <summary>How many rows without custom fields are read by themselves to see whether they hold the value.</summary>
    private const int MaxRowsLookedInto = 10;

    /// <summary>The organizations, not deleted, whose custom field of that label has that value (developers.zuper.co, Get Organizations: filter.custom_field).</summary>
    /// <remarks>Rows that hold something else are left out, so a service that ignores the filter is no harm; of those only the first page is looked at.</remarks>
    public async Task<IReadOnlyList<ZuperOrganization>> FindOrganizationsAsync(
        ZuperAccount account, string label, string value, ZuperPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var filter = JsonSerializer.Serialize(new { label, value, is_regex = false });
        var query = $"organization?page=1&count={PageSize}&sort=ASC&sort_by=created_at&filter.custom_field={Uri.EscapeDataString(filter)}";
        var call = new ZuperCall(HttpMethod.Get, "organization", account.Address(query)) { Account = account, Priority = priority };
        var page = ReadPage(await SendAsync(call, cancellationToken), 1);
        var found = new List<ZuperOrganization>();
        var lookedInto = 0;
        foreach (var row in page.Items)
        {
            var whole = row.CustomFieldsKnown || lookedInto++ >= MaxRowsLookedInto
                ? row
                : await GetOrganizationAsync(account, row.Uid, priority, cancellationToken);
            if (string.Equals(whole?.CustomField(label), value, StringComparison.OrdinalIgnoreCase))
                found.Add(whole!);
        }

        return found;
    }
}
