using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// The names of a company's active payment terms, kept for an hour. They are read again for a name that is not among
/// them, since it may have been made since, and for a person who asks, since it may be gone.
/// </summary>
internal sealed class ArTermNames(IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<
        (CompanyId Company, string? Entity),
        (IReadOnlyList<string> Names, DateTimeOffset Until)
    > _names = new();

    /// <summary>
    /// The terms as Intacct spells them, by the names that are looked for. Those that it lacks are missing.
    /// </summary>
    /// <param name="batch">Whose company.</param>
    /// <param name="wanted">The names that are looked for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken
    )
    {
        var key = (batch.Connection.Company, batch.Connection.Settings.Intacct.EntityId);
        if (
            _names.TryGetValue(key, out var kept)
            && NotedTimes.Lasts(kept.Until, Kept, time.GetUtcNow())
            && batch.MayUse(kept.Until - Kept)
            && wanted.All(w => Among(kept.Names, w) is not null)
        )
            return Found(kept.Names, wanted);
        var names = new List<string>();
        await foreach (
            var term in intacct.QueryAsync(
                batch.Access.Intacct,
                new IntacctQuery("ARTERM", ["RECORDNO", "NAME", "STATUS"]),
                cancellationToken
            )
        )
        {
            if (term["NAME"] is { } name && term["STATUS"] != "inactive")
                names.Add(name);
        }

        _names[key] = (names, time.GetUtcNow() + Kept);
        return Found(names, wanted);
    }

    /// <summary>
    /// The name that is spelled so, or else the only one that differs in case, blanks or Unicode form alone; null for
    /// none, and for several of these. Pure.
    /// </summary>
    internal static string? Among(IReadOnlyList<string> names, string wanted) =>
        names.Contains(wanted, StringComparer.Ordinal) ? wanted
        : names.Where(n => ComparisonKey.AreEqual(n, wanted)).Distinct(StringComparer.Ordinal).ToList() is [var only]
            ? only
        : null;

    private static Dictionary<string, string> Found(IReadOnlyList<string> names, IEnumerable<string> wanted) =>
        wanted
            .Distinct(StringComparer.Ordinal)
            .Where(w => Among(names, w) is not null)
            .ToDictionary(w => w, w => Among(names, w)!, StringComparer.Ordinal);
}
