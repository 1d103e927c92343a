using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// What was taken in Upflow, as its lists show it. Bulk work, which would read the same lists for each batch, finds
/// them again for some minutes; a change of now is always held against what there is now.
/// </summary>
/// <remarks>
/// Kept are only payments that were taken in Upflow, and never more than <see cref="MostKept"/> of all connections
/// together. Those that accounting sent are read and let go.
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

    private readonly Lock _lock = new();
    private readonly Dictionary<Name, Reading> _kept = [];
    private int _size;

    /// <summary>What was taken of customers; that of others may be among it.</summary>
    /// <exception cref="UpflowException">A call failed.</exception>
    internal async Task<IReadOnlyList<TakenPayment>> ReadAsync(
        RecordPass pass,
        IReadOnlyCollection<string> customers,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var account = pass.Batch.Access.Upflow();
        if (priority != RequestPriority.Bulk)
            return await ReadAsync(
                upflow.ListOfAsync(account, UpflowKind.Payment, customers, priority, cancellationToken)
            );
        var all = new Name(pass.Batch.Connection.Id, pass.Batch.Connection.CreatedAt, null);
        if (Find(all) is { } kept)
            return kept;
        if (
            customers.Count > UpflowClient.MostCustomerLists
            && await upflow.CountAsync(account, UpflowKind.Payment, priority, cancellationToken) <= MostOfAll
        )
            return await ReadAndKeepAsync(account, all, cancellationToken);
        var found = new List<TakenPayment>();
        foreach (var customer in customers)
        {
            var name = all with { Customer = customer };
            found.AddRange(Find(name) ?? await ReadAndKeepAsync(account, name, cancellationToken));
        }

        return found;
    }

    private async Task<IReadOnlyList<TakenPayment>> ReadAndKeepAsync(
        UpflowAccount account,
        Name name,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var found = await ReadAsync(
            upflow.ListAsync(account, UpflowKind.Payment, name.Customer, RequestPriority.Bulk, cancellationToken)
        );
        lock (_lock)
        {
            if (_size + 1 + found.Count > MostKept)
            {
                _kept.Clear();
                _size = 0;
            }

            if (1 + found.Count > MostKept)
                return found;
            _size += 1 + found.Count - (_kept.TryGetValue(name, out var before) ? 1 + before.Payments.Count : 0);
            _kept[name] = new Reading(now, found);
        }

        return found;
    }

    private IReadOnlyList<TakenPayment>? Find(Name name)
    {
        lock (_lock)
            return _kept.TryGetValue(name, out var kept) && NotedTimes.IsWithin(Lasting, kept.At, time.GetUtcNow())
                ? kept.Payments
                : null;
    }

    private static async Task<IReadOnlyList<TakenPayment>> ReadAsync(IAsyncEnumerable<Records.UpflowRead> payments)
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
