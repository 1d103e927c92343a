using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>
/// A module's list by <c>POST /module/filter</c> with rules, by page or by cursor
/// (developers.zuper.co/reference/get-organizations-by-filter, get-invoices-by-filter).
/// </summary>
internal sealed class FilteredList(ZuperCompany company, ZuperModule module, ListRows rows)
{
    private const int MaxLimit = 1000;
    private static readonly string[] CursorFields = ["cursor", "prev_cursor"];

    public ZuperAnswer Read(ZuperRequest request)
    {
        var body = request.Object;
        var limit = Number(body, "limit") ?? Number(body, "count") ?? 10;
        if (limit > MaxLimit)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "COUNT_LIMIT_EXCEEDED", "COUNT_LIMIT_EXCEEDED");
        var order = Order(body);
        var (set, rules) = (company.Of(module), Rules(body));
        var filter = Filter(body, rules);
        var found = Wanted(body, rules) is { } uids
            ? order.Of(uids.Select(u => set.TryGet(u, out var one) ? one : null).OfType<JsonObject>(), filter)
            : order.Of(set, filter);
        var only = body.Text("fields_to_select")
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return body.Is("cursor_pagination") || body.Is("last_page") || CursorFields.Any(f => body.Text(f) is not null)
            ? ByCursor(body, found, order, limit, only)
            : ByPage(found, Number(body, "page") ?? 1, limit, only);
    }

    private ZuperAnswer ByPage(List<JsonObject> found, int page, int limit, string[]? only)
    {
        var data = rows.Of(found.Skip((int)Math.Min((page - 1L) * limit, int.MaxValue)).Take(limit), only);
        var answer = new JsonObject
        {
            ["type"] = Type,
            ["data"] = data,
            ["total_records"] = found.Count,
            ["current_page"] = page,
            ["total_pages"] = (found.Count + limit - 1) / limit,
        };
        if (module.NewerFilter)
            answer["current_page_records"] = data.Count;
        return ZuperAnswer.Json(answer);
    }

    private ZuperAnswer ByCursor(
        JsonObject body,
        List<JsonObject> found,
        SortedRecords order,
        int limit,
        string[]? only
    )
    {
        var (start, end) = (0, found.Count);
        if (body.Text("prev_cursor") is { } before)
        {
            var key = FilterCursor.Parse(before);
            end = order.Place(found, key, order.Key);
            start = Math.Max(0, end - limit);
        }
        else if (body.Text("cursor") is { } after)
        {
            var key = FilterCursor.Parse(after);
            start = order.Place(found, key, order.Key);
            if (start < found.Count && order.Compare(order.Key(found[start]), key) == 0)
                start++;
        }
        else if (body.Is("last_page"))
            start = Math.Max(0, end - limit);
        var page = found.Skip(start).Take(Math.Min(limit, end - start)).ToList();
        var more = start + page.Count < found.Count;
        return ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = Type,
                ["data"] = rows.Of(page, only),
                ["total_records"] = found.Count,
                ["paging"] = new JsonObject
                {
                    ["next"] = more ? FilterCursor.Of(order.Key(page[^1])) : null,
                    ["previous"] = start > 0 && page.Count > 0 ? FilterCursor.Of(order.Key(page[0])) : null,
                    ["has_more"] = more,
                },
            }
        );
    }

    private string Type => module.NewerFilter ? "SUCCESS" : "success";

    private SortedRecords Order(JsonObject body)
    {
        var sortBy = body.Text("sort_by") ?? "created_at";
        if (
            module.SortBy.Count > 0
            && !module.SortBy.Concat(module.FilterSortBy).Contains(sortBy, StringComparer.Ordinal)
        )
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Sort By Value", "Invalid Sort By Value");
        return new SortedRecords(
            module,
            sortBy,
            (body.Text("sort") ?? "ASC") switch
            {
                "ASC" => false,
                "DESC" => true,
                _ => throw new ZuperRefusal(
                    StatusCodes.Status400BadRequest,
                    "Invalid Sort Value",
                    "Invalid Sort Value"
                ),
            }
        );
    }

    private List<FilterRule> Rules(JsonObject body)
    {
        if (body["filter_rules"] is not (null or JsonArray))
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Validation Error",
                "filter_rules must be an array"
            );
        return (body["filter_rules"] as JsonArray ?? [])
            .Select(r => new FilterRule(module, r, company.Strict))
            .ToList();
    }

    /// <summary>
    /// The uids that the rules ask for, so that not every record is looked at; null where they ask for none in
    /// particular.
    /// </summary>
    private List<string?>? Wanted(JsonObject body, List<FilterRule> rules)
    {
        var any = body.Text("filter_rule_operator") == "OR";
        var named = rules.Where(r => r.Key == module.UidField && r.OneOf is not null).ToList();
        if (named.Count == 0 || (any && named.Count < rules.Count))
            return null;
        return [.. (any ? named : named.Take(1)).SelectMany(r => r.OneOf!).Distinct(StringComparer.Ordinal)];
    }

    private Func<JsonObject, bool> Filter(JsonObject body, List<FilterRule> rules)
    {
        var any = (body.Text("filter_rule_operator") ?? "AND") switch
        {
            "AND" => false,
            "OR" => true,
            _ => throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Validation Error",
                "filter_rule_operator must be one of AND, OR"
            ),
        };
        var uids = body.Text("filter.module_uid")
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
        // Whether deleted records show themselves unasked is not published; assumed not, as in the plain list.
        var showDeleted = rules.Any(r => r.Key == "is_deleted");
        var compared = rules.Where(r => !r.IsKeyword).ToList();
        return r =>
            (showDeleted || !r.Is("is_deleted"))
            && uids?.Contains(r.Text(module.UidField) ?? "") != false
            && rules.Where(k => k.IsKeyword).All(k => k.Holds(r))
            && (compared.Count == 0 || (any ? compared.Exists(k => k.Holds(r)) : compared.TrueForAll(k => k.Holds(r))));
    }

    private static int? Number(JsonObject body, string field) =>
        body.Text(field) switch
        {
            null => null,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number > 0 => number,
            _ => throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Validation Error",
                $"{field} must be a whole number above 0"
            ),
        };
}
