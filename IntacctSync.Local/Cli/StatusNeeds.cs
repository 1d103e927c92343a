using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>What of a status a person must look at; nothing of it is a connection that is well. Pure.</summary>
internal static class StatusNeeds
{
    /// <summary>
    /// What waits for longer is held up by something; a limit of the other side lasts for hours at most.
    /// </summary>
    private static readonly TimeSpan LongPending = TimeSpan.FromDays(1);

    /// <param name="document">The connection.</param>
    /// <param name="status">How it stands.</param>
    /// <returns>A sentence for each.</returns>
    public static IReadOnlyList<string> Of(JsonNode document, JsonNode status)
    {
        var needs = new List<string>();
        if (status["stop"] is not null)
            needs.Add("It stands still until that is mended; see above.");
        var flows = status["flows"]!.AsArray();
        var records = flows.Sum(f => Terminal.Number(f!["needsAction"]) + Terminal.Number(f["dead"]));
        if (records > 0)
            needs.Add($"{(records == 1 ? "One record" : $"{records} records")}: intacctsync records --needs-you");
        // What waits for a connection that rests waits because somebody wanted it to.
        if (document["active"]?.GetValue<bool>() != false)
            needs.AddRange(flows.Where(f => IsHeldUp(f!, status)).Select(f => HeldUp(f!)));
        if (status["mail"]!["lastError"] is not null)
            needs.Add("Mail about failures can't be sent; see above. Once mended: intacctsync mail test");
        if (status["reconcileFailed"] is not null)
            needs.Add("Both sides could not be compared; see above.");
        if (Terminal.Number(status["reconciled"]?["differences"]) is > 0 and var differing)
            needs.Add(
                $"{(differing == 1 ? "One record was" : $"{differing} records were")} found different by the last "
                    + "comparison: intacctsync reconcile"
            );
        return needs;
    }

    private static bool IsHeldUp(JsonNode flow, JsonNode status) =>
        flow["enabled"]!.GetValue<bool>()
        && flow["oldestPendingAt"] is { } oldest
        && At(status["countedAt"]!) - At(oldest) > LongPending;

    private static string HeldUp(JsonNode flow) =>
        $"Something of {flow["flow"]} has waited since {Terminal.Time(flow["oldestPendingAt"])}, for more than a day: "
        + $"intacctsync records --flow {flow["flow"]} --state pending";

    private static DateTimeOffset At(JsonNode time) =>
        DateTimeOffset.Parse(time.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
