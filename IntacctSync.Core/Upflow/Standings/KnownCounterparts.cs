using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// What the key map knows of the records that others refer to: whether each has its counterpart in Upflow, will get
/// one, or never will.
/// </summary>
internal sealed class KnownCounterparts(ConnectionSettings settings, IReadOnlyDictionary<ParentKey, KeyMapEntry> rows)
{
    /// <summary>What the row of a payment keeps that was taken in Upflow, among the names by which it is
    /// found.</summary>
    public const string Taken = "taken in Upflow";

    /// <summary>Looks records up, with one reading for each flow.</summary>
    public static async Task<KnownCounterparts> ReadAsync(
        KeyMapStore keyMap,
        Connection connection,
        IEnumerable<ParentKey> records,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<ParentKey, KeyMapEntry>();
        foreach (var flow in records.Distinct().GroupBy(r => r.Flow))
        {
            var ids = flow.Select(r => r.SourceId).ToList();
            foreach (var (id, entry) in await keyMap.GetManyAsync(connection.Id, flow.Key, ids, cancellationToken))
                rows[new ParentKey(flow.Key, id)] = entry;
        }

        return new KnownCounterparts(connection.Settings, rows);
    }

    /// <summary>The id of the counterpart; null where there is none.</summary>
    public string? TargetOf(ParentKey record) => rows.GetValueOrDefault(record)?.TargetId;

    /// <summary>The currency that a record was last seen in; empty for the company's own, null where that is not
    /// known.</summary>
    public string? CurrencyOf(ParentKey record) =>
        rows.GetValueOrDefault(record)?.Facts is { Amount: not null } facts ? facts.Currency ?? "" : null;

    /// <summary>What a record came to when it was last seen, in its own currency; null where that is not
    /// known.</summary>
    public decimal? AmountOf(ParentKey record) => rows.GetValueOrDefault(record)?.Facts?.Amount;

    /// <summary>
    /// Whether a record has no counterpart and will get none, as it was left out, ignored, or its flow is off.
    /// </summary>
    public bool IsLeftOut(ParentKey record) =>
        TargetOf(record) is null
        && (
            !settings.Syncs(record.Flow, record.SourceId)
            || (
                rows.GetValueOrDefault(record) is { } row
                && (row.Ignored || (row.State == RecordState.Skipped && !RecordPass.IsLeftOutInShadow(row)))
            )
        );

    /// <summary>
    /// Whether a record is left out as it was taken in Upflow: it stands there, and pays what it is linked to there.
    /// </summary>
    public bool IsTaken(ParentKey record) =>
        IsLeftOut(record) && rows.GetValueOrDefault(record)?.Waits.Contains(Taken, StringComparer.Ordinal) == true;

    /// <summary>Whether a record has no counterpart yet.</summary>
    public bool IsAwaited(ParentKey record) => TargetOf(record) is null && !IsLeftOut(record);
}
