using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Where a person asks for records, looks at what of them stands in Upflow: documents and links that somebody took away
/// there no longer count as standing, and are sent again.
/// </summary>
/// <remarks>
/// Upflow's reference names no call that reads one payment or one refund, so the lists of the customers are read. A
/// list names no links; what a document shows as linked to another is held against what was sent.
/// </remarks>
public sealed class StandingLookup(UpflowClient upflow, KeyMapStore keyMap)
{
    private static readonly UpflowKind[] Kinds = [UpflowKind.Payment, UpflowKind.CreditNote, UpflowKind.Refund];

    /// <summary>
    /// Whether a record has something in Upflow, or may have: something that was sent without an answer counts. Pure.
    /// </summary>
    internal static bool MayStand(KeyMapEntry entry) => entry.TargetId is not null || !Standing.Of(entry.Parts).IsEmpty;

    /// <returns>The records, by source id, whose main document is gone.</returns>
    /// <exception cref="UpflowException">A call failed.</exception>
    internal async Task<IReadOnlySet<string>> CorrectAsync(
        RecordPass pass,
        IReadOnlyList<StandingWork> works,
        CancellationToken cancellationToken
    )
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var asked = works.Where(w => w.IsOpen && w.Record.Requested && !w.Standing.IsEmpty).ToList();
        if (asked.Count == 0)
            return gone;
        var customers = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Customers,
            [.. asked.Select(w => w.Customer.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var known = asked.Where(w => customers.GetValueOrDefault(w.Customer.Trim())?.TargetId is not null).ToList();
        var shown = new ShownDocuments(known.SelectMany(NamesOf));
        string[] lists =
        [
            .. known.Select(w => customers[w.Customer.Trim()].TargetId!).Distinct(StringComparer.Ordinal),
        ];
        foreach (var kind in Kinds)
        {
            await foreach (
                var read in upflow.ListOfAsync(
                    pass.Batch.Access.Upflow(),
                    kind,
                    lists,
                    asked.TrueForAll(w => w.Record.Bulk) ? Remote.RequestPriority.Bulk : Remote.RequestPriority.Live,
                    cancellationToken
                )
            )
                shown.Add(kind, read);
        }

        foreach (var work in known)
        {
            var found = Found(work, shown);
            if (found.ToString() == work.Standing.ToString())
                continue;
            if (work.Standing.Has(StandingKey.Main) && !found.Has(StandingKey.Main))
                gone.Add(work.Record.SourceId);
            work.Entry = (work.Entry with { Parts = found.ToString(), Hash = null }).Note(
                pass.Now,
                "lookedUp",
                "Some of what was sent of it is no longer in Upflow; it is sent again."
            );
        }

        return gone;
    }

    /// <summary>
    /// What of a record stands, by what Upflow shows. What is to stand and is not shown is sent again, which makes no
    /// second one. What is no longer to stand counts as standing until it is deleted: one list that does not show it is
    /// no proof that it is gone.
    /// </summary>
    private static Standing Found(StandingWork work, ShownDocuments shown)
    {
        var standing = work.Standing;
        foreach (var key in standing.Documents.Where(work.Wanted.Documents.ContainsKey).ToList())
        {
            if (
                !shown.Has(
                    LinkEnd.Own(StandingKey.KindOf(key, work.Main), StandingKey.ExternalId(work.ExternalId, key))
                )
            )
                standing = standing.WithoutDocument(key);
        }

        foreach (var (key, link) in work.Wanted.Links)
        {
            if (standing.MostOf(key) is { } most && shown.AmountOf(link) < most)
                standing = standing.WithoutLink(key);
        }

        return standing;
    }

    /// <summary>The documents that are looked for.</summary>
    private static IEnumerable<LinkEnd> NamesOf(StandingWork work) =>
        work
            .Standing.Documents.Select(key =>
                LinkEnd.Own(StandingKey.KindOf(key, work.Main), StandingKey.ExternalId(work.ExternalId, key))
            )
            .Concat(work.Wanted.Links.Values.SelectMany(l => new[] { l.Paid, l.Paying }));
}
