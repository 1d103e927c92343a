using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using NCrontab;

namespace IntacctSync.Core.Review;

/// <summary>
/// Has both sides compared where no process lives from one time of the settings to the next: somebody who wakes every
/// few minutes asks whether one has come. A time that nobody was awake at is made up for.
/// </summary>
public sealed class NightlySchedule(
    ITable table,
    NightlyReconciliation nightly,
    ReviewOptions options,
    NotedTimes noted,
    TimeProvider time
)
{
    private const string Key = "nightly";

    /// <summary>Compares, if the settings say a time for it and one has come since it was last asked.</summary>
    /// <returns>Whether it was compared; it is done then.</returns>
    public async Task<bool> RunDueAsync(CancellationToken cancellationToken)
    {
        if (options.Times is not { } times)
            return false;
        var now = time.GetUtcNow();
        var row = await table.GetAsync(Key, Key, cancellationToken);
        var last =
            row?.Time("At") is { } at && !noted.TellAhead("the last nightly comparison", at)
                ? at
                : null as DateTimeOffset?;
        if (last is { } known && After(times, known) > now)
            return false;
        if (!await NoteAsync(row, now, cancellationToken) || last is null)
            return false;
        await nightly.RunAsync(cancellationToken);
        return true;
    }

    /// <returns>False where somebody else has noted it meanwhile, and does it.</returns>
    private async Task<bool> NoteAsync(TableRow? row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = new TableRow(Key, Key, new Dictionary<string, object?>(StringComparer.Ordinal) { ["At"] = now });
        try
        {
            await table.WriteAsync(
                row is null ? TableWrite.Insert(next) : TableWrite.Replace(next, row.ETag!),
                cancellationToken
            );
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    private static DateTimeOffset After(string times, DateTimeOffset last) =>
        new(
            DateTime.SpecifyKind(
                CrontabSchedule.Parse(times, new() { IncludingSeconds = true }).GetNextOccurrence(last.UtcDateTime),
                DateTimeKind.Utc
            )
        );
}
