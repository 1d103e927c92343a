using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Runs;

/// <summary>Stores runs, in partitions named by the month they began in, which the run's id begins with.</summary>
public sealed partial class RunStore(ITable table, TimeProvider time, IIdSource ids, ILogger<RunStore> logger)
{
    internal const string MonthFormat = "yyyyMM";
    private const string DayFormat = "yyyy-MM-dd";

    public Task<Run> StartAsync(
        ConnectionId connection,
        string kind,
        FlowName? flow,
        CancellationToken cancellationToken
    ) => StartAsync(connection, kind, flow, RunReach.None, cancellationToken);

    public async Task<Run> StartAsync(
        ConnectionId connection,
        string kind,
        FlowName? flow,
        RunReach reach,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var run = new Run
        {
            RunId = now.ToString(MonthFormat, CultureInfo.InvariantCulture) + "-" + ids.NewId(),
            Kind = kind,
            Flow = flow,
            Reach = reach,
            StartedAt = now,
            SeenAt = kind is RunKinds.Poll or RunKinds.Backfill ? null : now,
        };
        await NotedMonths.NoteAsync(table, connection, now, cancellationToken);
        await table.WriteAsync(TableWrite.Insert(Write(connection, run)), cancellationToken);
        return run;
    }

    public async Task<Run?> GetAsync(ConnectionId connection, string runId, CancellationToken cancellationToken) =>
        (await StoredAsync(connection, runId, cancellationToken))?.HeldAgainst(time.GetUtcNow());

    /// <summary>The runs of this month and the one before, newest first.</summary>
    public async Task<IReadOnlyList<Run>> ListAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var runs = new List<Run>();
        var now = time.GetUtcNow();
        foreach (var month in new[] { now, now.AddDays(1 - now.Day).AddMonths(-1) })
        {
            string? continuation = null;
            do
            {
                var range = new TableRange(
                    Partition(connection, month.ToString(MonthFormat, CultureInfo.InvariantCulture))
                );
                var page = await table.QueryAsync(range, continuation, 200, cancellationToken);
                runs.AddRange(page.Rows.Select(Read).Select(r => r.HeldAgainst(now)));
                continuation = page.Continuation;
            } while (continuation is not null);
        }

        return [.. runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.RunId, StringComparer.Ordinal)];
    }

    /// <returns>The run as it is now, or null where there is none.</returns>
    public Task<Run?> ChangeAsync(
        ConnectionId connection,
        string runId,
        Func<Run, Run> change,
        CancellationToken cancellationToken
    ) => ChangeAsync(connection, runId, change, GetAsync, cancellationToken);

    /// <summary>
    /// What the process that works at a run says of it. It goes by what is stored: that the process was silent for a
    /// while does not end a run that it still works at.
    /// </summary>
    /// <returns>The run as it is now, or null where there is none.</returns>
    internal Task<Run?> TellAsync(
        ConnectionId connection,
        string runId,
        Func<Run, Run> change,
        CancellationToken cancellationToken
    ) => ChangeAsync(connection, runId, change, StoredAsync, cancellationToken);

    private async Task<Run?> ChangeAsync(
        ConnectionId connection,
        string runId,
        Func<Run, Run> change,
        Func<ConnectionId, string, CancellationToken, Task<Run?>> read,
        CancellationToken cancellationToken
    )
    {
        while (await read(connection, runId, cancellationToken) is { } old)
        {
            var changed = change(old).Settle(time.GetUtcNow());
            if (changed == old)
                return old;
            try
            {
                var etag = await table.WriteAsync(
                    TableWrite.Replace(Write(connection, changed), old.ETag),
                    cancellationToken
                );
                if (old.State == RunState.Running && changed.State == RunState.Done)
                    LogEnded(
                        connection.Value,
                        changed.Kind,
                        changed.Flow?.Value ?? "all flows",
                        changed.Found,
                        changed.Done,
                        changed.Failed
                    );
                return changed with { ETag = etag };
            }
            catch (TableConflictException)
            {
                // Another worker counted at the same time, so the change is made again on its result.
            }
        }

        return null;
    }

    private async Task<Run?> StoredAsync(ConnectionId connection, string runId, CancellationToken cancellationToken)
    {
        var row = await table.GetAsync(Partition(connection, runId), TableKey.Escape(runId), cancellationToken);
        return row is null ? null : Read(row);
    }

    internal static string Partition(ConnectionId connection, string runId) =>
        TableKey.Join(connection.Value, "run", runId.Length > MonthFormat.Length ? runId[..MonthFormat.Length] : runId);

    private static TableRow Write(ConnectionId connection, Run run) =>
        new(
            Partition(connection, run.RunId),
            TableKey.Escape(run.RunId),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["RunId"] = run.RunId,
                ["Kind"] = run.Kind,
                ["Flow"] = run.Flow?.Value,
                ["Full"] = run.Reach.Full,
                ["First"] = run.Reach.First,
                ["Since"] = run.Reach.Since,
                ["Until"] = run.Reach.Until?.ToString(DayFormat, CultureInfo.InvariantCulture),
                ["Flows"] = run.Reach.Flows is { } flows ? string.Join(',', flows) : null,
                ["Nightly"] = run.Reach.Nightly,
                ["State"] = run.State.ToString(),
                ["Found"] = run.Found,
                ["Done"] = run.Done,
                ["Failed"] = run.Failed,
                ["Detected"] = run.Detected,
                ["Ahead"] = run.Ahead,
                ["StartedAt"] = run.StartedAt,
                ["EndedAt"] = run.EndedAt,
                ["Report"] = run.Report,
                ["SeenAt"] = run.SeenAt,
                ["Interrupted"] = run.IsInterrupted,
            }
        );

    private static Run Read(TableRow row) =>
        new()
        {
            RunId = row.Text("RunId")!,
            Kind = row.Text("Kind")!,
            Flow = row.Text("Flow") is { } flow ? FlowName.Parse(flow) : null,
            Reach = ReadReach(row),
            State = Enum.Parse<RunState>(row.Text("State")!),
            Found = (int)(row.Integer("Found") ?? 0),
            Done = (int)(row.Integer("Done") ?? 0),
            Failed = (int)(row.Integer("Failed") ?? 0),
            Detected = row.Flag("Detected") ?? false,
            Ahead = row.Integer("Ahead"),
            StartedAt = row.Time("StartedAt")!.Value,
            EndedAt = row.Time("EndedAt"),
            Report = row.Text("Report"),
            SeenAt = row.Time("SeenAt"),
            IsInterrupted = row.Flag("Interrupted") ?? false,
            ETag = row.ETag,
        };

    private static RunReach ReadReach(TableRow row) =>
        new()
        {
            Full = row.Flag("Full") ?? false,
            First = row.Flag("First") ?? false,
            Since = row.Time("Since"),
            Until = row.Text("Until") is { } day
                ? DateOnly.ParseExact(day, DayFormat, CultureInfo.InvariantCulture)
                : null,
            Flows = row.Text("Flows") is { } flows ? [.. flows.Split(',').Select(f => FlowName.Parse(f))] : null,
            Nightly = row.Flag("Nightly") ?? false,
        };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection}: a run of kind {Kind} ({Flow}) has ended: found {Found}, done {Done}, "
            + "failed {Failed}"
    )]
    private partial void LogEnded(string connection, string kind, string flow, int found, int done, int failed);
}
