using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// What was taken in Upflow, as its lists show it. A list is kept for some minutes, since a backfill would read the
/// same ones for each batch. It counts only for payments of Intacct that are older than it: what one of them was posted
/// for was taken before, and is on a list that was read after.
/// </summary>
/// <remarks>
/// Kept are only payments that were taken in Upflow, and never more than <see cref="MostKept"/> of all connections
/// together. Those that accounting sent are read and let go. Where more were taken, the lists of single customers are
/// read and kept.
/// </remarks>
public sealed class TakenLists(UpflowClient upflow, TimeProvider time)
{
    /// <summary>How many payments are kept at the most; each list counts as one more.</summary>
    internal const int MostKept = 20_000;

    /// <summary>
    /// Of more payments than these the list of all is not read: it would take longer than it is kept.
    /// </summary>
    private const int MostOfAll = 100_000;

    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);

    /// <summary>How much newer than a payment its list must be. Clocks differ, and a list may show things
    /// late.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Name, Reading> _kept = [];
    private readonly Dictionary<Name, DateTimeOffset> _tooLong = [];
    private int _size;

    /// <summary>What was taken of customers; that of others may be among it. Each is among it once.</summary>
    /// <param name="pass">The pass that asks.</param>
    /// <param name="customers">The customers, by Upflow's ids, and when the newest payment of each last changed in
    /// Intacct. The greatest time of all has a list read in any case.</param>
    /// <param name="priority">Of the calls.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UpflowException">A call failed.</exception>
    internal async Task<IReadOnlyList<TakenPayment>> ReadAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, DateTimeOffset> customers,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var account = pass.Batch.Access.Upflow();
        var all = new Name(pass.Batch.Connection.Id, pass.Batch.Connection.CreatedAt, null);
        var found = new List<TakenPayment>();
        var unread = new List<Name>();
        foreach (var (customer, changed) in customers)
        {
            var name = all with { Customer = customer };
            if ((Find(all, changed) ?? Find(name, changed)) is { } kept)
                found.AddRange(kept);
            else
                unread.Add(name);
        }

        if (
            unread.Count > UpflowClient.MostCustomerLists
            && !IsTooLong(all)
            && await upflow.CountAsync(account, UpflowKind.Payment, priority, cancellationToken) <= MostOfAll
        )
            return await ReadAndKeepAsync(account, all, priority, cancellationToken);

        // What is read now takes the place of what was kept of the same customers.
        var now = new List<TakenPayment>();
        foreach (var name in unread)
            now.AddRange(await ReadAndKeepAsync(account, name, priority, cancellationToken));
        var anew = unread.Select(n => UpflowIds.Own(n.Customer)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. now.Concat(found.Where(t => t.CustomerId is null || !anew.Contains(UpflowIds.Own(t.CustomerId))))
                .DistinctBy(t => t.Id, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<TakenPayment>> ReadAndKeepAsync(
        UpflowAccount account,
        Name name,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var found = await ReadAsync(
            upflow.ListAsync(account, UpflowKind.Payment, name.Customer, priority, cancellationToken)
        );
        lock (_lock)
        {
            Drop(name);
            if (1 + found.Count > MostKept)
            {
                _tooLong[name] = now;
                return found;
            }

            while (_size + 1 + found.Count > MostKept)
                Drop(_kept.MinBy(k => k.Value.At).Key);
            _size += 1 + found.Count;
            _kept[name] = new Reading(now, found);
        }

        return found;
    }

    private void Drop(Name name)
    {
        if (_kept.Remove(name, out var before))
            _size -= 1 + before.Payments.Count;
    }

    private bool IsTooLong(Name name)
    {
        lock (_lock)
            return _tooLong.TryGetValue(name, out var at) && NotedTimes.IsWithin(Lasting, at, time.GetUtcNow());
    }

    private IReadOnlyList<TakenPayment>? Find(Name name, DateTimeOffset changed)
    {
        lock (_lock)
            return
                _kept.TryGetValue(name, out var kept)
                && NotedTimes.IsWithin(Lasting, kept.At, time.GetUtcNow())
                && kept.At - changed > Margin
                ? kept.Payments
                : null;
    }

    private static async Task<IReadOnlyList<TakenPayment>> ReadAsync(IAsyncEnumerable<UpflowRead> payments)
    {
        var found = new List<TakenPayment>();
        await foreach (var payment in payments)
        {
            if (TakenPayment.Of(payment) is { } taken)
                found.Add(taken);
        }

        return found;
    }

    /// <param name="Connection">Whose list.</param>
    /// <param name="Since">When that connection was made.</param>
    /// <param name="Customer">Of which customer, by Upflow's id; null for the list of all.</param>
    private sealed record Name(ConnectionId Connection, DateTimeOffset Since, string? Customer);

    private sealed record Reading(DateTimeOffset At, IReadOnlyList<TakenPayment> Payments);
}
