using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Reading how an account is set up.</summary>
public sealed partial class ZuperClient
{
    /// <summary>More pages than any account has.</summary>
    private const int MostSetupPages = 20;

    /// <summary>
    /// The webhooks of the account. They are managed at the host's root and not under <c>/api</c> (developers.zuper.co,
    /// Webhooks; seen so on live accounts).
    /// </summary>
    /// <exception cref="ZuperException">The call failed, for example since the key's user may not see them.</exception>
    public async Task<IReadOnlyList<ZuperWebhook>> ListWebhooksAsync(
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
        var root = new Uri(account.ApiRoot.AbsoluteUri.TrimEnd('/') + "/service/notifications/webhook");
        var rows = await ReadSetupAsync(
            account,
            "service/notifications/webhook",
            root,
            "webhook_uid",
            cancellationToken
        );
        return
        [
            .. from row in rows
            let name = ZuperJson.Text(row, "webhook_event")?.Trim()
            where name is not null
            select new ZuperWebhook(
                name,
                ZuperJson.Text(row, "webhook_url")?.Trim() ?? "",
                ZuperJson.Flag(row, "is_active") != false
            )
            {
                Uid = ZuperParts.Uid(row, "webhook_uid")!,
                Header = HookSecretOf(row),
            },
        ];
    }

    /// <summary>
    /// Zuper shows a webhook's headers as JSON text. Headers that were registered as a text are in it as a text, and
    /// are not sent (seen so on live accounts).
    /// </summary>
    private static string? HookSecretOf(JsonElement row)
    {
        if (!row.TryGetProperty("headers", out var shown) || shown.ValueKind == JsonValueKind.Undefined)
            return null;
        if (shown.ValueKind == JsonValueKind.Object)
            return Named(shown);
        if (shown.ValueKind != JsonValueKind.String)
            return "";
        try
        {
            using var inner = JsonDocument.Parse(shown.GetString()!);
            return inner.RootElement.ValueKind == JsonValueKind.Object ? Named(inner.RootElement) : "";
        }
        catch (JsonException)
        {
            return "";
        }

        static string Named(JsonElement headers) =>
            headers
                .EnumerateObject()
                .Where(h => string.Equals(h.Name, "x-hook-secret", StringComparison.OrdinalIgnoreCase))
                .Select(h => h.Value.ToString())
                .FirstOrDefault("");
    }

    /// <summary>
    /// The names of the product categories by uid, in any case (developers.zuper.co, Get Product Categories).
    /// </summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ListCategoriesAsync(
        ZuperAccount account,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var row in await ReadSetupAsync(
                account,
                "products/category",
                account.Address("products/category"),
                "category_uid",
                cancellationToken
            )
        )
            names[ZuperParts.Uid(row, "category_uid")!] = ZuperJson.Text(row, "category_name") ?? "";
        return names;
    }

    /// <summary>
    /// All rows of a list. A short list may come whole for whatever page is asked for. But a full page of what was read
    /// already, or one that comes before the list's own total is read, leaves rows out.
    /// </summary>
    /// <exception cref="ZuperException">The call failed, or the list does not come to an end.</exception>
    private async Task<IReadOnlyList<JsonElement>> ReadSetupAsync(
        ZuperAccount account,
        string route,
        Uri address,
        string uidName,
        CancellationToken cancellationToken
    )
    {
        var rows = new OrderedDictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        for (var page = 1; ; page++)
        {
            var at = new Uri(
                string.Create(CultureInfo.InvariantCulture, $"{address.AbsoluteUri}?page={page}&count={PageSize}")
            );
            var answer = await SendAsync(
                new ZuperCall(HttpMethod.Get, route, at) { Account = account, Priority = RequestPriority.Live },
                cancellationToken
            );
            var (before, shown) = (rows.Count, 0);
            foreach (var row in ZuperJson.List(answer.Json, "data"))
            {
                shown++;
                if (ZuperParts.Uid(row, uidName) is { } uid)
                    rows.TryAdd(uid, row.Clone());
            }

            var repeats = rows.Count == before && shown > 0;
            if (page > MostSetupPages && shown > 0)
                throw ZuperPage.TooLong(route, page);
            if (repeats && (shown >= PageSize || rows.Count < ZuperJson.Whole(answer.Json, "total_records")))
                throw ZuperPage.Repeated($"'{route}'", page);
            if (rows.Count == before)
                return [.. rows.Values];
        }
    }
}
