using System.Text.Json.Nodes;

namespace IntacctSync.Core.Zuper;

/// <summary>
/// The ways to ask <c>POST /organization/filter</c> for given uids (developers.zuper.co, Get Organizations By Filter), likeliest first.
/// Which of them an account's service takes is found by trying.
/// </summary>
/// <remarks>
/// A rule's <c>field_type</c> must be what the service declares for the key, which is not published for uids; <c>filter.module_uid</c> is
/// documented and was not seen in use.
/// </remarks>
internal static class UidFilter
{
    /// <summary>As many uids as one call names.</summary>
    public const int MaxUids = 100;

    /// <summary>How many ways there are.</summary>
    public const int Forms = 3;

    public static JsonObject Body(int form, IReadOnlyCollection<string> uids)
    {
        var body = new JsonObject
        {
            ["page"] = 1,
            ["limit"] = MaxUids,
            ["sort"] = "ASC",
            ["sort_by"] = "created_at",
            ["filter_rule_operator"] = "AND",
            ["filter_rules"] = form switch
            {
                0 => new JsonArray(Rule(uids, "LOOKUP")),
                1 => new JsonArray(Rule(uids, "TEXT")),
                _ => new JsonArray(),
            },
        };
        if (form >= 2)
            body["filter.module_uid"] = string.Join(',', uids);
        return body;
    }

    private static JsonObject Rule(IReadOnlyCollection<string> uids, string fieldType) => new()
    {
        ["key"] = "organization_uid",
        ["operator"] = "IN",
        ["value"] = new JsonArray([.. uids.Select(static uid => (JsonNode)uid)]),
        ["type"] = "default_field",
        ["field_type"] = fieldType,
    };
}
