using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Looks in Intacct whether counterparts are still there. They are read by key: a query may show a record late.
/// </summary>
public sealed class Counterparts(IntacctClient intacct, RecordQuery records, KeyMapStore keyMap)
{
    /// <summary>So many other linked records are looked at where none of those in question is shown.</summary>
    private const int Witnesses = 10;

    /// <summary>The names among these under which Intacct has a record of that kind, in any case.</summary>
    internal async Task<IReadOnlySet<string>> ShownAsync(
        RecordPass pass,
        CounterpartKind kind,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
            return new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var read = await intacct.ReadByNameAsync(
            pass.Batch.Access.Intacct,
            kind.Object,
            names,
            ["RECORDNO", kind.NameField],
            cancellationToken
        );
        return read.Select(r => r[kind.NameField]?.Trim()).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The linked records, by source id, whose counterparts are gone (<see cref="AbsenceVerdict"/>); one that is not
    /// shown, and not taken for gone, ends. Where neither they nor any other linked record is shown, the user's rights
    /// have more likely changed. Where no other one is linked, any record of the kind that is shown speaks for them.
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="kind">What their counterparts are.</param>
    /// <param name="sourceIds">The linked records in question, all of one flow.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task<IReadOnlyList<string>> GoneAsync(
        RecordPass pass,
        CounterpartKind kind,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var shown = await ShownAsync(pass, kind, [.. sourceIds.Select(TargetOf)], cancellationToken);
        var missing = sourceIds.Where(id => !shown.Contains(TargetOf(id).Trim())).ToList();
        var absent = new AbsentCounterparts(pass, intacct);
        absent.Seen(sourceIds.Except(missing, StringComparer.Ordinal));
        return missing.Count == 0
            ? missing
            : await absent.JudgeAsync(
                missing,
                async token => missing.Count < sourceIds.Count || await OthersShownAsync(token),
                _ => Doubted(kind),
                isTold: false,
                cancellationToken
            );

        string TargetOf(string id) => pass[id].TargetId!;

        async Task<bool> OthersShownAsync(CancellationToken token)
        {
            var others = await OthersAsync(pass, pass[missing[0]].Key.Flow, sourceIds, token);
            return others.Count > 0
                ? (await ShownAsync(pass, kind, others, token)).Count > 0
                : await AnyShownAsync(pass, kind, [.. missing.Select(id => TargetOf(id).Trim())], token);
        }
    }

    /// <summary>Whether Intacct shows any record of that kind beside those.</summary>
    private async Task<bool> AnyShownAsync(
        RecordPass pass,
        CounterpartKind kind,
        IReadOnlyCollection<string> but,
        CancellationToken cancellationToken
    )
    {
        var query = new IntacctQuery(kind.Object, ["RECORDNO", kind.NameField]) { PageSize = but.Count + 1 };
        await foreach (var record in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
        {
            if (
                record[kind.NameField]?.Trim() is { Length: > 0 } name
                && !but.Contains(name, StringComparer.OrdinalIgnoreCase)
            )
                return true;
        }

        return false;
    }

    /// <summary>
    /// The counterparts of other linked records: of those that are synced, or else in whatever state they are. A record
    /// that was looked for before, and not shown, is no longer synced.
    /// </summary>
    private async Task<IReadOnlyList<string>> OthersAsync(
        RecordPass pass,
        FlowName flow,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var asked = sourceIds.ToHashSet(StringComparer.Ordinal);
        var page = await records.ListAsync(
            pass.Batch.Connection.Id,
            flow,
            RecordState.Synced,
            null,
            null,
            Witnesses + Math.Min(sourceIds.Count, 100),
            cancellationToken
        );
        var synced = page
            .Items.Where(e => e.TargetId is not null && !asked.Contains(e.Key.SourceId))
            .Take(Witnesses)
            .ToList();
        var others =
            synced.Count > 0
                ? synced
                : await keyMap.SomeLinkedAsync(
                    pass.Batch.Connection.Id,
                    flow,
                    e => !asked.Contains(e.Key.SourceId),
                    Witnesses,
                    cancellationToken
                );
        return [.. others.Select(e => e.TargetId!)];
    }

    private static Problem Doubted(CounterpartKind kind) =>
        new(
            "intacct-records-missing",
            $"Intacct has not shown its {kind.Object} for an hour, and shows no other one either by which it could be "
                + $"told whether it is deleted, or the connection's user sees less than before.",
            "Check that the connection's company, entity and user still see these records, then retry. If it is "
                + "deleted, link the record to the one that took its place, or ignore it."
        );
}

/// <summary>What counterparts are in Intacct.</summary>
/// <param name="Object">For example <c>CUSTOMER</c>.</param>
/// <param name="NameField">The field that a read by name goes by, whose value is the target id.</param>
internal sealed record CounterpartKind(string Object, string NameField)
{
    public static CounterpartKind Customer { get; } = new("CUSTOMER", "CUSTOMERID");

    public static CounterpartKind Contact { get; } = new("CONTACT", "CONTACTNAME");
}
