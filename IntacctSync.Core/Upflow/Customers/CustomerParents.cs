using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>
/// The parent of a customer in Upflow, where a parent has no parent itself: the topmost of those above it in Intacct
/// (docs.upflow.io, Sage Intacct). A parent that will come is waited for; one that does not come is done without, so
/// that what the customer owes is shown all the same.
/// </summary>
public sealed class CustomerParents(KeyMapStore keyMap, ParentGate gate)
{
    private const string Mark = "ancestor:";

    /// <summary>How long a customer waits at first for those below it to be given to its own parent.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>How a row names a customer above it.</summary>
    internal static string NameOf(string customerId) => Mark + customerId;

    /// <summary>The parents by the child's source id. A record that waits for its own ends.</summary>
    internal async Task<IReadOnlyDictionary<string, CustomerParent>> FindAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        IReadOnlyDictionary<string, SourceCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        await TellBelowAsync(pass, works, customers, cancellationToken);
        var tops = works
            .Where(w => pass.IsOpen(w.SourceId) && customers[w.SourceId].Ancestors.Count > 0)
            .ToDictionary(w => w.SourceId, w => customers[w.SourceId].Ancestors[^1], StringComparer.Ordinal);
        if (tops.Count == 0)
            return new Dictionary<string, CustomerParent>(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Customers,
            [.. tops.Values.Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var awaited = tops.Where(t => WillCome(rows[t.Value]))
            .ToDictionary(t => t.Key, t => new ParentKey(UpflowFlows.Customers, t.Value), StringComparer.Ordinal);
        await gate.PassAsync(pass, awaited, cancellationToken);
        return tops.Where(t => pass.IsOpen(t.Key))
            .ToDictionary(t => t.Key, t => ParentOf(customers[t.Key], rows[t.Value]), StringComparer.Ordinal);
    }

    private static bool WillCome(KeyMapEntry row) =>
        row is { TargetId: null, Ignored: false }
        && row.State is RecordState.Pending or RecordState.InDoubt or RecordState.Skipped;

    private static CustomerParent ParentOf(SourceCustomer customer, KeyMapEntry top)
    {
        var id = top.Key.SourceId;
        if (top.TargetId is not { } target)
            return new CustomerParent(id, null, $"Its parent {id} is not in Upflow, so it stands alone there.");
        return new CustomerParent(
            id,
            new UpflowReference(target),
            customer.ParentId == id
                ? null
                : $"Its parent in Intacct is {customer.ParentId}; Upflow knows one level, so it stands under {id}."
        );
    }

    /// <summary>
    /// Has the customers looked at that stand below one whose own place has changed. One that gets a parent must not
    /// have any below it when it is written: it waits until they are gone from it.
    /// </summary>
    private async Task TellBelowAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        IReadOnlyDictionary<string, SourceCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var work in works.Where(w => pass.IsOpen(w.SourceId) && pass[w.SourceId].TargetId is not null).ToList()
        )
        {
            var entry = pass[work.SourceId];
            var ancestors = customers[work.SourceId].Ancestors;
            if (CustomerParts.Of(entry.Parts).Ancestors.SequenceEqual(ancestors, StringComparer.Ordinal))
                continue;
            var below = await BelowAsync(pass.Batch.Connection, work.SourceId, cancellationToken);
            await LookAtAsync(pass, work, below.Keys, $"above-{string.Join('/', ancestors)}", cancellationToken);
            if (ancestors.Count > 0 && HeldUpBy(work, below.Values, pass.Now) is { } failure)
                pass.Fail(work.SourceId, failure);
        }
    }

    /// <summary>
    /// Has the customers looked at that stand below those of a batch which have just come to Upflow, and were written
    /// without them. It is safe to repeat.
    /// </summary>
    internal async Task TellNewAsync(EndedBatch batch, CancellationToken cancellationToken)
    {
        var connection = batch.Connection;
        var after = await keyMap.GetManyAsync(
            connection.Id,
            batch.Flow,
            [.. batch.Before.Select(e => e.Key.SourceId)],
            cancellationToken
        );
        foreach (var id in batch.Before.Where(e => IsNew(e, batch)).Select(e => e.Key.SourceId))
        {
            if (after[id].TargetId is not { } target)
                continue;
            var below = await BelowAsync(connection, id, cancellationToken);
            await gate.TouchAsync(
                connection,
                [
                    .. below
                        .Values.Where(b => b.TargetId is not null && CustomerParts.Of(b.Parts).Parent != id)
                        .Select(b =>
                            (
                                new ParentKey(UpflowFlows.Customers, b.Key.SourceId),
                                EventIds.MadeFromChanged(connection.Id, b.Key.SourceId, $"{id}-came-{target}"),
                                true
                            )
                        ),
                ],
                requested: false,
                cancellationToken
            );
        }
    }

    private static bool IsNew(KeyMapEntry before, EndedBatch batch) =>
        before.TargetId is null || batch.Repeated.Contains(before.Key.SourceId);

    private async Task<IReadOnlyDictionary<string, KeyMapEntry>> BelowAsync(
        Connection connection,
        string customerId,
        CancellationToken cancellationToken
    )
    {
        var ids = await keyMap.FindWaitingAsync(
            connection.Id,
            UpflowFlows.Customers,
            NameOf(customerId),
            cancellationToken
        );
        return ids.Count == 0
            ? new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal)
            : await keyMap.GetManyAsync(connection.Id, UpflowFlows.Customers, ids, cancellationToken);
    }

    /// <summary>Puts customers on the queue for what has changed at another one.</summary>
    internal Task LookAtAsync(
        RecordPass pass,
        RecordWork cause,
        IEnumerable<string> customerIds,
        string what,
        CancellationToken cancellationToken
    )
    {
        var intents = pass[cause.SourceId].Intents.ToString(CultureInfo.InvariantCulture);
        return gate.TouchAsync(
            pass.Batch.Connection,
            [
                .. customerIds.Select(id =>
                    (
                        new ParentKey(UpflowFlows.Customers, id),
                        EventIds.MadeFromChanged(pass.Batch.Connection.Id, id, $"{cause.SourceId}-{what}-{intents}"),
                        cause.Bulk
                    )
                ),
            ],
            requested: false,
            cancellationToken
        );
    }

    /// <summary>
    /// What those that stand below a customer in Upflow mean for one that gets a parent: they are moved first, and one
    /// that is not moved any more needs a person. When a person has answered, Upflow itself says whether it is gone
    /// from there. Pure.
    /// </summary>
    internal static Failure? HeldUpBy(RecordWork work, IEnumerable<KeyMapEntry> below, DateTimeOffset now)
    {
        var there = below.Where(b => CustomerParts.Of(b.Parts).Parent == work.SourceId).ToList();
        var age = now - work.FirstSeen;
        if (there.Exists(WillMove))
            return new Failure(
                FailureClass.Throttled,
                new Problem(
                    ParentProblems.Waits,
                    $"{work.SourceId} has got a parent in Intacct; those below it are moved there first.",
                    "Nothing: it goes on by itself."
                ),
                TimeSpan.FromTicks(Math.Clamp(age.Ticks / 2, ShortestPause.Ticks, LongestPause.Ticks))
            );
        return there.Count == 0 || work.Requested
            ? null
            : new Failure(
                FailureClass.Data,
                new Problem(
                    "upflow-child-stays",
                    $"{work.SourceId} has got a parent in Intacct, and {there[0].Key.SourceId} stands below it in "
                        + "Upflow and is not moved from there: it needs a person itself, is ignored, or is gone "
                        + "from Intacct. Upflow knows one level only.",
                    $"Mend {there[0].Key.SourceId}, or take it from below {work.SourceId} in Upflow; then retry "
                        + $"{work.SourceId}."
                )
            );
    }

    private static bool WillMove(KeyMapEntry below) =>
        below is { TargetId: not null, Ignored: false }
        && below.State is RecordState.Pending or RecordState.InDoubt or RecordState.Synced;
}

/// <summary>A customer's parent in Upflow.</summary>
/// <param name="Id">Its CUSTOMERID.</param>
/// <param name="Reference">Null where it is not in Upflow.</param>
/// <param name="Remark">For the story; null where it is just as in Intacct.</param>
internal sealed record CustomerParent(string Id, UpflowReference? Reference, string? Remark);
