using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Simulators.Zuper.Api;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>
/// A module's list by <c>GET</c> with <c>page</c>, <c>count</c>, <c>sort</c>, <c>sort_by</c> and <c>filter.*</c>
/// (developers.zuper.co/reference/get-all-organizations). Filters that it does not know change nothing.
/// </summary>
internal sealed class PlainList(ZuperCompany company, ZuperModule module, ListRows rows)
{
    /// <summary>
    /// The most rows of a page; more are not refused, there just are no more. [assumed: published for customers only]
    /// </summary>
    private const int MaxCount = 1000;

    private static readonly TimeSpan RegexTimeout = TimeSpan.FromSeconds(1);

    public ZuperAnswer Read(ZuperRequest request)
    {
        var descending = (request.Text("sort") ?? "DESC") switch
        {
            "ASC" => false,
            "DESC" => true,
            _ => throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Sort Value", "Invalid Sort Value"),
        };
        var sortBy = request.Text("sort_by") ?? "created_at";
        if (module.SortBy.Count > 0 && !module.SortBy.Contains(sortBy, StringComparer.Ordinal))
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Sort By Value", "Invalid Sort By Value");
        var page = request.Number("page", 1);
        var count = Math.Min(request.Number("count", module.DefaultCount), MaxCount);
        var (order, set, filters) = (
            new SortedRecords(module, sortBy, descending),
            company.Of(module),
            Filters(request).ToList()
        );
        bool Passes(JsonObject record) => filters.TrueForAll(f => f(record));
        var found = request.Text("filter." + module.UidField) is { } uid
            ? order.Of(set.TryGet(uid, out var one) ? [one] : [], Passes)
            : order.Of(set, Passes);
        return ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = "success",
                ["data"] = rows.Of(
                    found.Skip((int)Math.Min((page - 1L) * count, int.MaxValue)).Take(count),
                    plain: true
                ),
                ["total_records"] = found.Count,
                ["current_page"] = page,
                ["total_pages"] = (found.Count + count - 1) / count,
            }
        );
    }

    private IEnumerable<Func<JsonObject, bool>> Filters(ZuperRequest request)
    {
        var deleted = request.Flag("filter.is_deleted") ?? false;
        yield return r => r.Is("is_deleted") == deleted;
        if (request.Flag("filter.is_active") is { } active)
            yield return r => r.Is("is_active") == active;
        if (request.Flag("filter.is_available") is { } available)
            yield return r => r.Is("is_available") == available;
        if (request.Flag("filter.over_due") is { } overdue)
            yield return r =>
                (r.Number("amount_due") > 0 && string.CompareOrdinal(r.Text("due_date"), company.Now) < 0) == overdue;
        foreach (var day in DateRanges)
            if (
                (Bound(request, $"filter.{day}_from"), Bound(request, $"filter.{day}_to")) is var (first, last)
                && (first ?? last) is not null
            )
                yield return r =>
                    string.CompareOrdinal(r.Text(day), first ?? "") >= 0
                    && string.CompareOrdinal(r.Text(day), last ?? "~") <= 0;
        foreach (var at in new[] { "", "filter." })
            if (
                (Bound(request, at + "from_date"), Bound(request, at + "to_date")) is var (since, until)
                && (since ?? until) is not null
            )
                yield return r =>
                    string.CompareOrdinal(r.Text("created_at"), since ?? "") >= 0
                    && string.CompareOrdinal(r.Text("created_at"), until ?? "~") <= 0;
        if (request.Text("filter.keyword") is { } keyword)
            yield return r =>
                module.KeywordFields.Any(f => r.Text(f)?.Contains(keyword, StringComparison.OrdinalIgnoreCase) == true);
        if (request.Text("filter.custom_field") is { } field)
            yield return CustomField(field);
        var (from, to) = (Bound(request, "filter.updated_at_from"), Bound(request, "filter.updated_at_to"));
        // One bound alone is without effect in the real service, which nothing in its reference says.
        if ((from is not null && to is not null) || (!company.Strict && (from ?? to) is not null))
            yield return r =>
                string.CompareOrdinal(r.Text("updated_at"), from ?? "") >= 0
                && string.CompareOrdinal(r.Text("updated_at"), to ?? "~") <= 0;
        foreach (var (name, path) in Exact)
            if (
                (request.Text("filter." + name) ?? (module == ZuperModules.Transaction ? request.Text(name) : null)) is
                { } value
            )
                yield return r => r.At(path).Text() == value;
    }

    /// <summary>
    /// The published page names these ranges and not their parameters. [assumed: named as those of the time of update]
    /// </summary>
    private static readonly string[] DateRanges = ["due_date", "invoice_date", "created_at"];

    private static readonly IReadOnlyList<(string Name, string Path)> Exact =
    [
        ("customer_email", "customer_email"),
        ("customer_organization", "customer_organization"),
        ("product_id", "product_id"),
        ("product_category", "product_category"),
        ("product_type", "product_type"),
        ("status", "invoice_status"),
        ("customer", "customer"),
        ("organization", "organization"),
        ("is_paid", "is_paid"),
        ("payment_mode", "payment_mode"),
        ("payment_term", "payment_term"),
        ("customer_uid", "customer"),
        ("action_module", "action_module"),
        ("action_uid", "action_uid"),
        ("payment_mode_uid", "payment_mode"),
        ("payment_status", "status"),
        ("is_refunded", "is_refunded"),
        ("payment_via", "payment_via"),
    ];

    private static string? Bound(ZuperRequest request, string name) =>
        request.Text(name) is { } text
            ? ZuperTime.Parse(text)
                ?? throw new ZuperRefusal(
                    StatusCodes.Status400BadRequest,
                    "Invalid Date",
                    $"{name} is not a valid date"
                )
            : null;

    /// <summary>A filter by custom field is JSON text; what is none ends in a server fault, as seen live.</summary>
    private Func<JsonObject, bool> CustomField(string text)
    {
        JsonObject? wanted;
        try
        {
            wanted = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException e)
        {
            throw new ZuperRefusal(StatusCodes.Status500InternalServerError, "Internal Server Error", e.Message);
        }
        if (wanted?.Text("label") is not { } label)
            throw new ZuperRefusal(
                StatusCodes.Status500InternalServerError,
                "Internal Server Error",
                "filter.custom_field needs a label"
            );
        var value = wanted.Text("value") ?? "";
        return r =>
            (r[module.FieldsField] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Any(f =>
                    f.Text("label") == label
                    && (
                        wanted.Is("is_regex")
                            ? Regex.IsMatch(f.Text("value") ?? "", value, RegexOptions.None, RegexTimeout)
                            : f.Text("value") == value
                    )
                );
    }
}
