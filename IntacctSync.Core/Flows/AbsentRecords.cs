using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Judges the records of a pass that their source does not show, by <see cref="AbsenceVerdict"/>. When a record was
/// first found missing is kept in its row, until it is seen again.
/// </summary>
/// <param name="pass">The records.</param>
/// <param name="system">The source, as codes name it, such as <c>intacct</c>.</param>
/// <param name="title">The source, as people write it.</param>
internal sealed class AbsentRecords(RecordPass pass, string system, string title)
{
    /// <summary>How many others are asked for at most to see whether the source shows any.</summary>
    private const int Others = 3;

    /// <summary>Intacct as the source.</summary>
    public static AbsentRecords OfIntacct(RecordPass pass) => new(pass, "intacct", "Intacct");

    /// <summary>The connection's app as the source.</summary>
    public static AbsentRecords OfApp(RecordPass pass) =>
        new(pass, pass.Batch.Connection.Settings.App, pass.Batch.Connection.Settings.Profile.Title);

    /// <summary>
    /// Ends the records that are looked for again, or of which a person is asked. One that stays open, and is not
    /// shown, is taken for deleted.
    /// </summary>
    /// <param name="wanted">What was asked for; those that have ended are left alone. Without what the source says it
    /// deleted.</param>
    /// <param name="isShown">Whether the source shows a record, by source id.</param>
    /// <param name="isKind">Whether a record of the flow, by source id, can be asked for by
    /// <paramref name="showsAny"/>.</param>
    /// <param name="showsAny">Whether the source shows any of these records, by source id.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task JudgeAsync(
        IReadOnlyCollection<RecordWork> wanted,
        Func<string, bool> isShown,
        Func<string, bool> isKind,
        Func<IReadOnlyList<string>, CancellationToken, Task<bool>> showsAny,
        CancellationToken cancellationToken
    )
    {
        var open = wanted.Where(w => pass.IsOpen(w.SourceId)).ToLookup(w => isShown(w.SourceId));
        foreach (var shown in open[true].Where(w => pass[w.SourceId].MissingSince is not null))
            pass.Put(pass[shown.SourceId] with { MissingSince = null });
        bool? others = open[true].Any(w => pass[w.SourceId].TargetId is not null) ? true : null;
        foreach (var work in open[false])
        {
            var entry = Missing(pass[work.SourceId]);
            pass.Put(entry);
            var (linked, missingFor) = (entry.TargetId is not null, pass.Now - entry.MissingSince!.Value);
            if (linked && missingFor >= AbsenceVerdict.Apart)
                others ??= await OthersShownAsync(isKind, showsAny, cancellationToken);
            switch (AbsenceVerdict.For(linked, missingFor, others == true))
            {
                case AbsenceVerdict.LookAgain again:
                    pass.Fail(work.SourceId, new Failure(FailureClass.Throttled, NotShown, again.After));
                    break;
                case AbsenceVerdict.Ask:
                    pass.Fail(work.SourceId, new Failure(FailureClass.Data, NothingShown));
                    break;
            }
        }
    }

    private async Task<bool> OthersShownAsync(
        Func<string, bool> isKind,
        Func<IReadOnlyList<string>, CancellationToken, Task<bool>> showsAny,
        CancellationToken cancellationToken
    )
    {
        var others = await pass.OthersAsync(isKind, Others, cancellationToken);
        return others.Count > 0 && await showsAny(others, cancellationToken);
    }

    /// <summary>A time that lies ahead was noted by a clock that was set back since.</summary>
    private KeyMapEntry Missing(KeyMapEntry entry) =>
        entry.MissingSince <= pass.Now ? entry : entry with { MissingSince = pass.Now };

    private Problem NotShown =>
        new(
            "not-shown",
            $"{title} does not show the record. It may be deleted, or can't be seen yet: it is looked for again.",
            "Nothing: it is looked for again by itself."
        );

    private Problem NothingShown =>
        new(
            $"{system}-records-missing",
            $"{title} has not shown it for an hour, and shows no other record either that is known to be there.",
            $"Check that the connection's account and user still see these records in {title}, then retry. If it is "
                + $"deleted, set its counterpart inactive by hand and ignore this record."
        );
}
