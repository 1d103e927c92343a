using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Review;

namespace IntacctSync.Local.Cli;

/// <summary>How a connection stands: status, doctor, role, budget.</summary>
internal static class StateVerbs
{
    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            maker.OfConnection(
                "doctor",
                "Examines whether a connection works, and says what to mend.",
                ["doctor", "doctor --connection acme --json"],
                DoctorAsync
            ),
            maker.OfConnection(
                "status",
                "How a connection stands, flow by flow.",
                ["status", "status --json"],
                StatusAsync
            ),
            maker.OfConnection(
                "role",
                "The least role that the Intacct user needs, permission by permission.",
                ["role"],
                RoleAsync
            ),
            maker.OfConnection(
                "budget",
                "What the company's transactions of this month were used for.",
                ["budget"],
                BudgetAsync
            ),
        ];

    private static async Task<int> DoctorAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var report = await call.Host.OfConnectionAsync(HttpMethod.Post, "/test", null, cancellationToken);
        var isWell = report["ok"]!.GetValue<bool>();
        if (call.Terminal.Json)
            call.Terminal.Write(report);
        else
            Show(call.Terminal, report);
        return isWell ? ExitCodes.Done : ExitCodes.NeedsPerson;
    }

    /// <param name="terminal">Where it is shown.</param>
    /// <param name="report">What the doctor found.</param>
    /// <param name="form">
    /// Where its fields were asked for: they are named as it calls them, and no uid is shown that is chosen from a
    /// list. Null where a document was given, which has members and uids.
    /// </param>
    internal static void Show(Terminal terminal, JsonNode report, ConnectionForm? form = null)
    {
        terminal.Table(
            ["check", "result", "what was found"],
            FoldedChecks
                .Of(report["checks"]!.AsArray().Select(c => Check(c!)))
                .Select(c =>
                {
                    var found = $"{c.Detail} {c.Fix}".TrimEnd();
                    return (IReadOnlyList<string>)
                        [c.Name, Words(c), form is null ? found : FieldWords.Labelled(found, form)];
                })
        );
        terminal.Line();
        var failed = report["checks"]!.AsArray().Count(c => c!["status"]!.ToString() == "failed");
        terminal.Line(
            report["ok"]!.GetValue<bool>() ? "All that could be examined works."
            : failed == 0 ? "Not everything could be examined. Try again in a minute."
            : failed == 1 ? "One thing must be mended."
            : $"{failed} things must be mended."
        );
    }

    private static string Words(DoctorCheck check) =>
        check.Status switch
        {
            CheckStatus.Passed when check.Fix is not null => "advice",
            CheckStatus.Passed => "passed",
            CheckStatus.Failed => "failed",
            _ => "skipped",
        };

    private static DoctorCheck Check(JsonNode check) =>
        new(
            Terminal.Text(check["name"]),
            Enum.Parse<CheckStatus>(Terminal.Text(check["status"]), ignoreCase: true),
            Terminal.Text(check["detail"]),
            check["fix"]?.ToString()
        );

    private static async Task<int> StatusAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var status = await call.Host.OfConnectionAsync("/status", cancellationToken);
        var document = await call.Host.OfConnectionAsync("", cancellationToken);
        var needs = StatusNeeds.Of(document, status);
        if (call.Terminal.Json)
            call.Terminal.Write(status);
        else
            Show(call, document, status, needs);
        return needs.Count > 0 ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }

    private static void Show(VerbCall call, JsonNode document, JsonNode status, IReadOnlyList<string> needs)
    {
        var terminal = call.Terminal;
        terminal.Line($"{call.Host.Connection} at {call.Host.Address}");
        if (document["active"]?.GetValue<bool>() == false)
            terminal.Paragraph("It rests: nothing is synced. To let it go on: intacctsync activate");
        else if (document["mode"]?.ToString() == "shadow")
            terminal.Paragraph("It is in shadow mode: everything is decided, and nothing is written.");
        if (status["stop"] is { } stop)
        {
            terminal.Line();
            var since = Terminal.Time(stop["since"]);
            terminal.Paragraph($"It stands still since {since}: {Terminal.Sentences(stop["message"], stop["fix"])}");
        }

        terminal.Line();
        terminal.Table(
            ["flow", "synced", "pending", "skipped", "needs you", "given up", "last looked at"],
            status["flows"]!
                .AsArray()
                .Select(f =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(f!["flow"]) + (f["enabled"]!.GetValue<bool>() ? "" : " (off)"),
                            Terminal.Text(f["synced"]),
                            Terminal.Text(f["pending"]),
                            Terminal.Text(f["skipped"]),
                            Terminal.Text(f["needsAction"]),
                            Terminal.Text(f["dead"]),
                            Terminal.Time(f["lastSuccessAt"]),
                        ]
                )
        );
        terminal.Line();
        var oldest = status["flows"]!
            .AsArray()
            .Select(f => f!["oldestPendingAt"]?.ToString())
            .OfType<string>()
            .Min(StringComparer.Ordinal);
        if (oldest is not null)
            terminal.Line($"The oldest change that waits is from {Terminal.Time(oldest)}.");
        terminal.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Intacct transactions this month: {Terminal.Number(status["intacctTransactionsThisMonth"]):N0}"
            )
        );
        var refused = Terminal.Number(status["webhooks"]!["refusedToday"]);
        terminal.Line(
            $"Last webhook: {Terminal.Time(status["webhooks"]!["lastAcceptedAt"])}"
                + (refused == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; refused today: {refused:N0}"))
        );
        terminal.Line(
            status["mail"]!["lastError"] is { } error
                ? $"Mail: {error}"
                : $"Last mail: {Terminal.Time(status["mail"]!["lastSentAt"])}"
        );
        if (status["reconciled"] is { } reconciled)
        {
            terminal.Paragraph(Compared(reconciled));
        }

        if (status["reconcileFailed"] is { } failed)
            terminal.Paragraph($"A comparison failed at {Terminal.Time(failed["at"])}: {Terminal.Text(failed["why"])}");

        if (needs.Count == 0)
            return;
        terminal.Line();
        terminal.Line("Needs you:");
        foreach (var need in needs)
            terminal.Paragraph($"- {need}");
    }

    /// <summary>What the last comparison was of, and what it found.</summary>
    internal static string Compared(JsonNode reconciled)
    {
        var days = ComparisonWords.Days(DayOf(reconciled["since"]), DayOf(reconciled["until"]));
        var found = ComparisonWords.Of(
            Terminal.Number(reconciled["differences"]),
            reconciled["onlyAtTarget"]!
                .AsArray()
                .Select(o => new OnlyInSystem(Terminal.Text(o!["system"]), Terminal.Number(o["count"])))
        );
        var flows = string.Join(", ", reconciled["flows"]!.AsArray());
        return $"Last comparison {(reconciled["nightly"]!.GetValue<bool>() ? "by night" : "that was asked for")}, "
            + $"{Terminal.Time(reconciled["at"])} ({flows}; {days}): {found}.";
    }

    private static DateOnly? DayOf(JsonNode? day) =>
        day is null ? null : DateOnly.ParseExact(day.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<int> RoleAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var role = await call.Host.OfConnectionAsync("/role", cancellationToken);
        if (call.Terminal.Json)
            call.Terminal.Write(role);
        else
            call.Terminal.Table(
                ["application", "permission", "level", "for"],
                role.AsArray()
                    .Select(n =>
                        (IReadOnlyList<string>)
                            [
                                Terminal.Text(n!["application"]),
                                Terminal.Text(n["permission"]),
                                Terminal.Text(n["level"]),
                                Terminal.Text(n["for"]),
                            ]
                    )
            );
        return ExitCodes.Done;
    }

    private static async Task<int> BudgetAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var budget = await call.Host.OfConnectionAsync("/budget", cancellationToken);
        var (forecast, allowance) = (Terminal.Number(budget["forecast"]), Terminal.Number(budget["allowance"]));
        if (call.Terminal.Json)
        {
            call.Terminal.Write(budget);
        }
        else
        {
            call.Terminal.Table(
                ["used for", "reads", "writes"],
                budget["byFlow"]!
                    .AsArray()
                    .Select(f =>
                        (IReadOnlyList<string>)
                            [Terminal.Text(f!["flow"]), Terminal.Text(f["reads"]), Terminal.Text(f["writes"])]
                    )
            );
            call.Terminal.Line();
            call.Terminal.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{budget["month"]}: {Terminal.Number(budget["transactions"]):N0} of {allowance:N0} used; "
                        + $"the month comes to {forecast:N0} if it goes on so."
                )
            );
        }

        return forecast > allowance ? ExitCodes.NeedsPerson : ExitCodes.Done;
    }
}
