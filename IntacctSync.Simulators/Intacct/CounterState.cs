using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Intacct;

/// <summary>What <c>GET /_sim/state/_counters</c> shows.</summary>
internal static class CounterState
{
    public static JsonObject Of(IntacctCompany company) =>
        new()
        {
            ["transactions"] = company.Counters.Transactions,
            ["maxConcurrencySeen"] = company.MaxConcurrencySeen,
            ["counts"] = new JsonObject(
                company.Counters.All.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, c.Value))
            ),
            ["ignoredFields"] = new JsonArray([.. company.IgnoredFields.Select(f => JsonValue.Create(f))]),
        };
}
