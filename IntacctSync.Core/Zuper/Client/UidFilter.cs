using System.Text.Json.Nodes;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// The ways to ask a module's filter for given uids (developers.zuper.co, Get Organizations By Filter and Get Invoices
/// By Filter), likeliest first. Which of them an account's service takes is found by trying.
/// </summary>
/// <remarks>
/// In the newer service a rule's <c>field_type</c> must be what the service declares for the key, which is not
/// published for uids; the others list no <c>IN</c> among their operators. <c>filter.module_uid</c> is documented and
/// was not seen in use.
/// </remarks>
internal static class UidFilter
{
    /// <summary>As many uids as one call names.</summary>
    public const int MaxUids = 100;

    /// <summary>How many ways there are.</summary>
    public const int Forms = 3;

    public static JsonObject Body(int form, string key, bool typedRules, IReadOnlyCollection<string> uids)
    {
        var body = new JsonObject
        {
            ["page"] = 1,
            ["limit"] = MaxUids,
            ["sort"] = "ASC",
            ["sort_by"] = "created_at",
            ["filter_rule_operator"] = form == 0 && !typedRules ? "OR" : "AND",
            ["filter_rules"] = (form, typedRules) switch
            {
                (0, true) => new JsonArray(AnyOf(key, uids, "LOOKUP")),
                (1, true) => new JsonArray(AnyOf(key, uids, "TEXT")),
                (0, false) => new JsonArray([.. uids.Select(uid => Rule(key, "EQUAL_TO", uid))]),
                (1, false) => new JsonArray(AnyOf(key, uids, null)),
                _ => new JsonArray(),
            },
        };
        if (form >= 2)
            body["filter.module_uid"] = string.Join(',', uids);
        return body;
    }

    private static JsonObject AnyOf(string key, IReadOnlyCollection<string> uids, string? fieldType)
    {
        var rule = Rule(key, "IN", new JsonArray([.. uids.Select(static uid => (JsonNode)uid)]));
        if (fieldType is not null)
            rule["field_type"] = fieldType;
        return rule;
    }

    private static JsonObject Rule(string key, string op, JsonNode value) =>
        new()
        {
            ["key"] = key,
            ["operator"] = op,
            ["value"] = value,
            ["type"] = "default_field",
        };
}
