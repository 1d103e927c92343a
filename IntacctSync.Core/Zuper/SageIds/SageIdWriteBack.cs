using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.SageIds;

/// <summary>
/// Writes the counterpart's id into the record in Zuper. It is repeated by itself until it succeeds and never touches
/// Intacct. An id that was taken and is not shown is written a few times in a row, and a few times more in a day where
/// it is shown for a while: each write is an event that has the record read again, so an automation that changes it
/// back would otherwise keep both busy for ever.
/// </summary>
/// <param name="zuper">Where to.</param>
/// <param name="time">The clock.</param>
/// <param name="rehearsal">Takes the writes where nothing is to be sent; null on the real road.</param>
public sealed class SageIdWriteBack(ZuperClient zuper, TimeProvider time, Rehearsal? rehearsal = null)
{
    /// <summary>How many are under way at once; the account's budget holds them to its own limits.</summary>
    private const int AtOnce = 8;

    /// <summary>How often in a row an id is written that Zuper takes and then does not show.</summary>
    private const int MostWritten = 3;

    /// <summary>How often within a day an id is written that Zuper shows and then does not.</summary>
    private const int MostADay = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Writes what is due, for records whose source ids are their uids.</summary>
    public Task RunAsync(RecordPass pass, SageIdField field, CancellationToken cancellationToken) =>
        RunAsync(pass, id => (field, id), cancellationToken);

    /// <summary>Writes what is due.</summary>
    /// <param name="pass">The records.</param>
    /// <param name="placeOf">The field and the uid of the record in Zuper that shows the counterpart, by source
    /// id.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task RunAsync(
        RecordPass pass,
        Func<string, (SageIdField Field, string Uid)> placeOf,
        CancellationToken cancellationToken
    )
    {
        var due = pass.Open.Where(w => pass[w.SourceId].WriteBack == WriteBack.Due).ToList();
        if (due.Count == 0 || pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            return;

        using var stage = Stage.Enter("write back");
        var outcomes = new Failure?[due.Count];
        await Parallel.ForAsync(
            0,
            due.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => outcomes[i] = await WriteAsync(pass, due[i], placeOf(due[i].SourceId), token)
        );

        var now = time.GetUtcNow();
        var done = new List<KeyMapEntry>();
        for (var i = 0; i < due.Count; i++)
        {
            var entry = pass[due[i].SourceId];
            var (field, _) = placeOf(due[i].SourceId);
            if (outcomes[i] is { } failure)
                pass.Fail(entry.Key.SourceId, failure);
            else
                done.Add(
                    (
                        entry with
                        {
                            WriteBack = WriteBack.Done,
                            WrittenBack = entry.WrittenBack + 1,
                            WrittenBackAt = [.. entry.WrittenBackAt.TakeLast(MostADay - 1), now],
                        }
                    ).Sync(now, "writtenBack", $"{field.Label} = {entry.TargetId}")
                );
        }

        await pass.SaveFinalAsync(done, CancellationToken.None);
    }

    private async Task<Failure?> WriteAsync(
        RecordPass pass,
        RecordWork work,
        (SageIdField Field, string Uid) place,
        CancellationToken cancellationToken
    )
    {
        var entry = pass[work.SourceId];
        if (entry.WrittenBack >= MostWritten)
            return NotKept(entry, place.Field, $"{entry.WrittenBack} times, and does not show it");
        if (entry.WrittenBackAt.Count(at => pass.Passed(at) < Day) >= MostADay)
            return NotKept(entry, place.Field, $"{MostADay} times within a day, and showed it for a while only");
        if (rehearsal is not null)
        {
            rehearsal.Note("Zuper", "write back", $"{place.Field.Label} = {pass[work.SourceId].TargetId}");
            return null;
        }

        try
        {
            await zuper.PatchCustomFieldsAsync(
                pass.Batch.Access.Zuper(),
                place.Field.Module,
                place.Uid,
                [new ZuperCustomField(place.Field.Label, pass[work.SourceId].TargetId!)],
                work.Bulk ? RequestPriority.Bulk : RequestPriority.Live,
                cancellationToken
            );
            return null;
        }
        catch (ZuperException e)
        {
            var failure = Failures.Of(e);
            return failure.Class == FailureClass.Data ? Refused(pass[work.SourceId], place.Field, failure) : failure;
        }
    }

    private static Failure NotKept(KeyMapEntry entry, SageIdField field, string how) =>
        new(
            FailureClass.Data,
            new Problem(
                "write-back-not-shown",
                $"Zuper took {entry.TargetId} for '{field.Label}' {how}.",
                $"In Zuper, see that there is one custom field '{field.Label}' only, and that no automation and no "
                    + "other integration changes it. Then retry."
            )
        );

    private static Failure Refused(KeyMapEntry entry, SageIdField field, Failure failure) =>
        failure with
        {
            Problem = new Problem(
                "write-back-refused",
                $"The record is in Intacct as {entry.TargetId}, but Zuper refuses to take that as "
                    + $"'{field.Label}': {failure.Problem.Message}",
                $"Set '{field.Label}' to {entry.TargetId} in Zuper by hand, or mend what Zuper names and retry."
            ),
        };
}
