using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Judges linked records of a pass whose counterparts Intacct does not show, by <see cref="AbsenceVerdict"/>. When one
/// was first found missing is kept in its row, until it is seen again.
/// </summary>
internal sealed class AbsentCounterparts(RecordPass pass, IntacctClient intacct)
{
    private bool? _mayBeInPart;

    /// <summary>The counterparts of these records are shown.</summary>
    public void Seen(IEnumerable<string> sourceIds)
    {
        foreach (var entry in sourceIds.Select(id => pass[id]).Where(e => e.TargetMissingSince is not null))
            pass.Put(Forgotten(entry));
    }

    /// <summary>
    /// Ends the records whose counterparts are looked for again, or of which a person is asked.
    /// </summary>
    /// <param name="missing">The records whose counterparts are not shown.</param>
    /// <param name="othersShown">Whether the counterpart of another linked record of the same kind is shown; asked only
    /// where it matters.</param>
    /// <param name="ask">What a person is asked, by source id.</param>
    /// <param name="isTold">Whether something else says that they were deleted; no other is then needed.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Those whose counterparts are taken for deleted.</returns>
    public async Task<IReadOnlyList<string>> JudgeAsync(
        IReadOnlyCollection<string> missing,
        Func<CancellationToken, Task<bool>> othersShown,
        Func<string, Problem> ask,
        bool isTold,
        CancellationToken cancellationToken
    )
    {
        var gone = new List<string>();
        bool? others = null;
        foreach (var id in missing)
        {
            var entry = pass[id] with
            {
                TargetMissingSince = AbsenceVerdict.Since(
                    pass[id].TargetMissingSince,
                    pass[id].TargetMissedAt,
                    pass.Now
                ),
                TargetMissedAt = pass.Now,
            };
            var missingFor = pass.Passed(entry.TargetMissingSince!.Value);
            if (AbsenceVerdict.NeedsOthers(linked: true, missingFor))
                others ??=
                    isTold || (await othersShown(cancellationToken) && !await MayBeInPartAsync(cancellationToken));
            switch (AbsenceVerdict.For(linked: true, wanted: true, missingFor, others == true))
            {
                case AbsenceVerdict.LookAgain again:
                    pass.Put(entry);
                    pass.Fail(id, new Failure(FailureClass.Throttled, NotShown(entry), again.After));
                    break;
                case AbsenceVerdict.Ask:
                    pass.Put(entry);
                    pass.Fail(id, new Failure(FailureClass.Data, ask(id)));
                    break;
                default:
                    pass.Put(Forgotten(entry));
                    gone.Add(id);
                    break;
            }
        }

        return gone;
    }

    private async Task<bool> MayBeInPartAsync(CancellationToken cancellationToken) =>
        _mayBeInPart ??= await Entities.MayHideAsync(intacct, pass.Batch, cancellationToken);

    private static KeyMapEntry Forgotten(KeyMapEntry entry) =>
        entry with
        {
            TargetMissingSince = null,
            TargetMissedAt = null,
        };

    private static Problem NotShown(KeyMapEntry entry) =>
        new(
            "not-shown",
            $"Intacct does not show {entry.TargetId}, its counterpart. It may be deleted, or can't be seen now: it is "
                + $"looked for again.",
            "Nothing: it is looked for again by itself."
        );
}
