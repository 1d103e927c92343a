using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Brings what stands in Upflow to what is to stand there, for the records of a pass. First room is made, over all of
/// them; then those go on whose customer, receivables and credits are in Upflow.
/// </summary>
public sealed class StandingChanges(
    StandingWriter writer,
    StandingLookup lookup,
    LostLinks lost,
    RoomWaits waits,
    ParentGate gate
)
{
    /// <param name="pass">The pass.</param>
    /// <param name="works">Its records that are still open.</param>
    /// <param name="awaited">For each that refers to a record without a counterpart that will have one, by source id,
    /// the first such.</param>
    /// <param name="cancellationToken">Stops before the next record.</param>
    internal async Task MakeAsync(
        RecordPass pass,
        IReadOnlyList<StandingWork> works,
        IReadOnlyDictionary<string, ParentKey> awaited,
        CancellationToken cancellationToken
    )
    {
        var gone = await lookup.CorrectAsync(pass, works, cancellationToken);
        await EndEqualAsync(pass, works, awaited, cancellationToken);
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
        {
            await EndInShadowAsync(pass, works, cancellationToken);
            return;
        }

        // Before the document is made anew, so that a crash in between loses nothing.
        var flow = pass.Batch.Records[0].Entry.Key.Flow;
        var earlier = works.Where(w => w.IsOpen && MayBeUsedAlready(flow, w)).Select(w => w.Record.SourceId);
        await lost.TellAsync(pass, flow, gone, [.. earlier], cancellationToken);
        var before = works.ToDictionary(w => w.Record.SourceId, w => w.Entry.TargetId, StringComparer.Ordinal);
        var room = works
            .Where(w => w.IsOpen)
            .Select(w => (Work: w, Steps: StandingStep.ThatMakeRoom(w.Standing, w.Wanted)))
            .Where(w => w.Steps.Count > 0)
            .ToList();
        await waits.ReleaseAsync(room, cancellationToken);
        await writer.WriteAsync(works, w => StandingStep.ThatMakeRoom(w.Standing, w.Wanted), cancellationToken);
        await gate.PassAsync(pass, awaited, cancellationToken);
        await writer.WriteAsync(works, w => StandingStep.ThatTakeRoom(w.Standing, w.Wanted), cancellationToken);
        var anew = works.Where(w => before[w.Record.SourceId] is { } was && w.Entry.TargetId is { } now && now != was);
        await lost.TellAsync(
            pass,
            flow,
            [.. anew.Select(w => w.Record.SourceId).Where(id => !gone.Contains(id))],
            [],
            cancellationToken
        );
        await pass.SaveFinalAsync([.. works.Where(w => w.IsOpen).Select(w => Ended(pass, w))], CancellationToken.None);
    }

    /// <summary>
    /// Whether a credit is carried for the first time, which may be older than the connection: a credit note, an
    /// advance, or a payment with a rest that others may apply.
    /// </summary>
    private static bool MayBeUsedAlready(FlowName flow, StandingWork work) =>
        LostLinks.MayHaveEarlier(work.Record.Entry, work.Record)
        && (
            flow == UpflowFlows.CreditNotes
            || UpflowIds.Parse(work.Record.SourceId)?.Object == UpflowIds.Advance
            || work.Wanted.HasRest
        );

    /// <summary>Ends the records for which nothing is to be sent and nothing is awaited.</summary>
    private static Task EndEqualAsync(
        RecordPass pass,
        IReadOnlyList<StandingWork> works,
        IReadOnlyDictionary<string, ParentKey> awaited,
        CancellationToken cancellationToken
    ) =>
        pass.SaveFinalAsync(
            [
                .. works
                    .Where(w => w.IsOpen && !awaited.ContainsKey(w.Record.SourceId) && IsEqual(w))
                    .Select(w => EndedAt(w).Sync(pass.Now, "unchanged", UpflowStory.Unchanged)),
            ],
            cancellationToken
        );

    private static bool IsEqual(StandingWork work) =>
        StandingStep.ThatMakeRoom(work.Standing, work.Wanted).Count == 0
        && StandingStep.ThatTakeRoom(work.Standing, work.Wanted).Count == 0;

    private static Task EndInShadowAsync(
        RecordPass pass,
        IReadOnlyList<StandingWork> works,
        CancellationToken cancellationToken
    ) =>
        pass.SaveShadowAsync(
            [
                .. works
                    .Where(w => w.IsOpen)
                    .Select(w =>
                        w.Entry.Skip(
                            pass.Now,
                            $"{RecordPass.ShadowMode} would have of it in Upflow: {Counted(w.Wanted)}."
                        )
                    ),
            ],
            cancellationToken
        );

    private static KeyMapEntry EndedAt(StandingWork work) =>
        work.Entry with
        {
            Hash = work.Wanted.Hash,
            Adopted = false,
            Waits = work.Waits,
            WaitsFor = null,
        };

    private static KeyMapEntry Ended(RecordPass pass, StandingWork work)
    {
        var entry = EndedAt(work);
        return work.Wanted.IsEmpty
            ? entry.Skip(pass.Now, "It no longer counts in Intacct, and nothing of it stands in Upflow any more.")
            : entry.Sync(pass.Now, "carriedOver", $"In Upflow stand of it: {Counted(work.Wanted)}.");
    }

    /// <summary>Such as <c>1 document and 2 links to invoices</c>.</summary>
    private static string Counted(WantedStanding standing) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{standing.Documents.Count} {(standing.Documents.Count == 1 ? "document" : "documents")} and "
        )
        + standing.Links.Count switch
        {
            0 => "no link to an invoice",
            1 => "1 link to an invoice",
            var links => string.Create(CultureInfo.InvariantCulture, $"{links} links to invoices"),
        };
}
