using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Judges the records of a pass that their source does not show, by <see cref="AbsenceVerdict"/>. When a record was
/// first found missing is kept in its row, until it is seen again.
/// </summary>
/// <param name="pass">The records.</param>
/// <param name="system">The source, as codes name it, such as <c>intacct</c>.</param>
/// <param name="title">The source, as people write it.</param>
/// <param name="mayBeInPart">Whether the source may show the records of some entities only; then no record speaks for
/// another. Null where it has no such parts.</param>
internal sealed class AbsentRecords(
    RecordPass pass,
    string system,
    string title,
    Func<CancellationToken, Task<bool>>? mayBeInPart = null
)
{
    /// <summary>How many others are asked for at most to see whether the source shows any.</summary>
    private const int Others = 3;

    /// <summary>Intacct as the source.</summary>
    public static AbsentRecords OfIntacct(RecordPass pass, IntacctClient intacct) =>
        new(pass, "intacct", "Intacct", token => Entities.MayHideAsync(intacct, pass.Batch, token));

    /// <summary>The connection's app as the source.</summary>
    public static AbsentRecords OfApp(RecordPass pass) =>
        new(pass, pass.Batch.Connection.Settings.App, pass.Batch.Connection.Settings.Profile.Title);

    /// <summary>
    /// Ends the records that are looked for again, that are left out, or of which a person is asked. One that stays
    /// open, and is not shown, is taken for deleted.
    /// </summary>
    /// <param name="wanted">What was asked for now; those that have ended are left alone. Without what the source says
    /// it deleted, and without what was read at another time.</param>
    /// <param name="isShown">Whether the source shows a record, by source id.</param>
    /// <param name="kindOf">Of what kind a record of the flow is, by source id: only one of its own kind speaks for
    /// another. Null for one that can't be asked for by <paramref name="showsAny"/>.</param>
    /// <param name="showsAny">Whether the source shows any of these records, by source id.</param>
    /// <param name="mayStand">Whether a record has a counterpart, or may have one, by its row; null where its target id
    /// says so.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task JudgeAsync(
        IReadOnlyCollection<RecordWork> wanted,
        Func<string, bool> isShown,
        Func<string, string?> kindOf,
        Func<IReadOnlyList<string>, CancellationToken, Task<bool>> showsAny,
        Func<KeyMapEntry, bool>? mayStand,
        CancellationToken cancellationToken
    )
    {
        var open = wanted.Where(w => pass.IsOpen(w.SourceId)).ToLookup(w => isShown(w.SourceId));
        foreach (var shown in open[true].Where(w => pass[w.SourceId].MissingSince is not null))
            pass.Put(pass[shown.SourceId] with { MissingSince = null, MissedAt = null });
        var others = open[true]
            .Where(w => pass[w.SourceId].TargetId is not null)
            .Select(w => kindOf(w.SourceId) ?? "")
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(k => k, _ => true, StringComparer.Ordinal);
        var leftOut = new List<KeyMapEntry>();
        foreach (var work in open[false])
        {
            var entry = Missing(pass[work.SourceId]);
            pass.Put(entry);
            var linked = mayStand?.Invoke(entry) ?? entry.TargetId is not null;
            var missingFor = pass.Passed(entry.MissingSince!.Value);
            var (kind, isPart) = (kindOf(work.SourceId) ?? "", false);
            if (AbsenceVerdict.NeedsOthers(linked, missingFor))
            {
                if (!others.TryGetValue(kind, out var isShownAlike))
                    others[kind] = isShownAlike = await OthersShownAsync(kind, kindOf, showsAny, cancellationToken);
                isPart = isShownAlike && await IsInPartAsync(cancellationToken);
            }

            switch (AbsenceVerdict.For(linked, work.Requested, missingFor, others.GetValueOrDefault(kind) && !isPart))
            {
                case AbsenceVerdict.LookAgain again:
                    pass.Fail(work.SourceId, new Failure(FailureClass.Throttled, NotShown, again.After));
                    break;
                case AbsenceVerdict.Ask:
                    pass.Put(Unhandled(entry));
                    pass.Fail(work.SourceId, Asked(others[kind], isPart));
                    break;
                case AbsenceVerdict.Skip:
                    leftOut.Add(Unhandled(entry).Skip(pass.Now, Never));
                    break;
            }
        }

        await pass.SaveShadowAsync(leftOut, cancellationToken);
    }

    private async Task<bool> OthersShownAsync(
        string kind,
        Func<string, string?> kindOf,
        Func<IReadOnlyList<string>, CancellationToken, Task<bool>> showsAny,
        CancellationToken cancellationToken
    )
    {
        var others = await pass.OthersAsync(id => kindOf(id) == kind, Others, cancellationToken);
        return others.Count > 0 && await showsAny(others, cancellationToken);
    }

    private async Task<bool> IsInPartAsync(CancellationToken cancellationToken) =>
        _isInPart ??= mayBeInPart is not null && await mayBeInPart(cancellationToken);

    private bool? _isInPart;

    private KeyMapEntry Missing(KeyMapEntry entry) =>
        entry with
        {
            MissingSince = AbsenceVerdict.Since(entry.MissingSince, entry.MissedAt, pass.Now),
            MissedAt = pass.Now,
        };

    /// <summary>
    /// Whatever was handled of the record is taken up again when it is shown. What the source said of a deletion stays.
    /// </summary>
    private static KeyMapEntry Unhandled(KeyMapEntry entry) =>
        entry with
        {
            Version = null,
            EventIds = [.. entry.EventIds.Where(EventIds.IsDeletion)],
        };

    private string Never => $"{title} has not shown it for an hour, and it was never synced.";

    private Problem NotShown =>
        new(
            "not-shown",
            $"{title} does not show the record. It may be deleted, or can't be seen yet: it is looked for again.",
            "Nothing: it is looked for again by itself."
        );

    private Failure Asked(bool othersShown, bool isPart) =>
        new(
            FailureClass.Data,
            new Problem(
                $"{system}-records-missing",
                $"{title} has not shown it for an hour"
                    + (
                        isPart
                            ? ". It shows others; but the company has entities, and those of one of them may no "
                                + "longer be seen."
                        : othersShown ? ", though a person has asked for it, or was needed for it."
                        : ", and shows no other record either that is known to be there."
                    ),
                $"Check that the connection's account and user still see these records in {title}, then retry. If it "
                    + $"is deleted, set its counterpart inactive by hand, if it has one, and ignore this record."
            )
        )
        {
            NotShown = true,
        };
}
