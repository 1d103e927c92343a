using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Finds the customers that organizations already have in Intacct: by an id left in Zuper, by name or by e-mail as the
/// settings say, or by our own contact name after a create was refused. Two candidates for one record, or one for two,
/// need a person.
/// </summary>
public sealed class CustomerMatcher(
    CustomerLookup lookup,
    ZuperClient zuper,
    CounterpartLinks links,
    Namesakes namesakes,
    TimeProvider time
)
{
    /// <returns>The decisions, with new ones for the records that were matched. A record for which a person must choose
    /// has ended.</returns>
    internal async Task<Dictionary<string, OrganizationDecision>> MatchAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        WriteTarget target,
        CancellationToken cancellationToken
    )
    {
        var candidates = new List<Candidates>();
        candidates.AddRange(await BySageIdAsync(pass, decisions, sources, cancellationToken));
        candidates.AddRange(await BySettingAsync(pass, decisions, sources, cancellationToken));
        var matched = new Dictionary<string, OrganizationDecision>(decisions, StringComparer.Ordinal);
        if (candidates.Count == 0)
            return matched;

        var linked = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Organizations,
            [.. candidates.SelectMany(c => c.Found).Select(f => f.CustomerId)],
            cancellationToken
        );
        var adopted = new List<KeyMapEntry>();
        candidates = await namesakes.AddAsync(pass, candidates, linked, sources, cancellationToken);
        foreach (var verdict in CustomerMatch.Judge(candidates, linked))
        {
            switch (verdict)
            {
                case CustomerMatch.Apart apart:
                    pass.Put(pass[apart.SourceId].Note(time.GetUtcNow(), "namesake", apart.Why));
                    break;
                case CustomerMatch.Needs needs:
                    pass.Fail(needs.SourceId, new Failure(FailureClass.Data, needs.Problem));
                    break;
                case CustomerMatch.Adopt adopt:
                    adopted.Add(Adopt(pass[adopt.SourceId], adopt.Customer, target, adopt.Why));
                    var (fields, hash) = Document(decisions[adopt.SourceId]);
                    matched[adopt.SourceId] = new OrganizationDecision.Update(fields, hash);
                    break;
            }
        }

        if (pass.Batch.Connection.Settings.Mode == SyncMode.Live)
            await pass.SaveAsync(adopted, cancellationToken);
        else
            await pass.SaveShadowAsync(
                [
                    .. adopted.Select(e =>
                        pass[e.Key.SourceId]
                            .Skip(time.GetUtcNow(), $"{RecordPass.ShadowMode} would adopt {e.TargetId}.")
                    ),
                ],
                cancellationToken
            );
        return matched;
    }

    /// <summary>
    /// Intacct refused a create because the contact name or the customer id exists. If the name or id is ours, the
    /// customer is adopted, and written in the next pass.
    /// </summary>
    internal async Task AdoptDuplicatesAsync(
        RecordPass pass,
        IReadOnlyList<WriteOutcome> taken,
        WriteTarget target,
        CancellationToken cancellationToken
    )
    {
        if (taken.Count == 0)
            return;
        var names = taken.Select(o => o.Entry.NaturalKey!).ToList();
        var found = await target.FindAsync(names, cancellationToken);
        var linked = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Organizations,
            [.. found.Values],
            cancellationToken
        );
        foreach (var outcome in taken)
        {
            var entry = outcome.Entry;
            if (!found.TryGetValue(entry.NaturalKey!, out var id) || linked.ContainsKey(id.ToUpperInvariant()))
                continue;
            pass.Reopen(entry);
            await pass.SaveAsync(
                [
                    Adopt(
                        entry,
                        new FoundCustomer(id, "", entry.NaturalKey, null),
                        target,
                        "its contact name is the one we give this record",
                        made: true
                    ),
                ],
                cancellationToken
            );
            pass.Fail(entry.Key.SourceId, Again);
        }
    }

    private async Task<IEnumerable<Candidates>> BySageIdAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var carried = decisions
            .Where(d => d.Value is OrganizationDecision.CheckSageId)
            .ToDictionary(
                d => d.Key,
                d => ((OrganizationDecision.CheckSageId)d.Value).CustomerId,
                StringComparer.Ordinal
            );
        if (carried.Count == 0)
            return [];
        var found = await lookup.ByIdAsync(
            pass.Batch.Access.Intacct,
            [.. carried.Values.Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        var candidates = new List<Candidates>();
        foreach (var (sourceId, id) in carried)
        {
            if (!found.TryGetValue(id, out var customer))
                candidates.Add(new Candidates(sourceId, MatchKind.SageId, id, []));
            else if (
                await OriginalAsync(pass, sourceId, sources[sourceId].Record, id, cancellationToken)
                    is var (original, sure)
                && sure
            )
                candidates.Add(new Candidates(sourceId, MatchKind.SageId, id, [customer], original));
        }

        return candidates;
    }

    /// <summary>
    /// A Sage id belongs to the oldest record in Zuper that has it. The others are copies: Zuper copies the id as well.
    /// </summary>
    /// <returns>The older record, if there is one; not sure when Zuper could not be asked, so that the record comes
    /// again.</returns>
    private async Task<(string? Original, bool Sure)> OriginalAsync(
        RecordPass pass,
        string sourceId,
        ZuperRecord record,
        string id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var priority = pass.Batch.Priority;
            IReadOnlyList<ZuperRecord> others = OwnCustomer.Is(sourceId)
                ? await zuper.FindCustomersAsync(
                    pass.Batch.Access.Zuper(),
                    OrganizationMapper.SageCustomerId,
                    id,
                    priority,
                    cancellationToken
                )
                : await zuper.FindOrganizationsAsync(
                    pass.Batch.Access.Zuper(),
                    OrganizationMapper.SageCustomerId,
                    id,
                    priority,
                    cancellationToken
                );
            return (OldestCarrier(others, record), true);
        }
        catch (ZuperException e)
        {
            pass.Fail(sourceId, Failures.Of(e));
            return (null, false);
        }
    }

    /// <summary>
    /// The oldest record in Zuper that has the id; null where this one is the oldest.
    /// </summary>
    internal static string? OldestCarrier(IEnumerable<ZuperRecord> carriers, ZuperRecord record) =>
        carriers
            .Where(o => o.Uid != record.Uid && o.CreatedAt < record.CreatedAt)
            .OrderBy(o => o.CreatedAt)
            .Select(o => o.Uid)
            .FirstOrDefault();

    private async Task<IEnumerable<Candidates>> BySettingAsync(
        RecordPass pass,
        Dictionary<string, OrganizationDecision> decisions,
        Dictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var settings = pass.Batch.Connection.Zuper();
        var kind = settings.IdentifyCustomerBy == IdentifyCustomerBy.Email ? MatchKind.Email : MatchKind.Name;
        var values = decisions
            .Where(d =>
                d.Value is OrganizationDecision.Create && settings.IdentifyCustomerBy != IdentifyCustomerBy.None
            )
            .Select(d => (d.Key, Value: Namesakes.ValueOf(sources[d.Key], kind)))
            .Where(d => ComparisonKey.Of(d.Value).Length > 0)
            .ToList();
        if (values.Count == 0)
            return [];
        var wanted = values.Select(v => v.Value).DistinctBy(ComparisonKey.Of, StringComparer.Ordinal).ToList();
        var found =
            kind == MatchKind.Email
                ? await lookup.ByEmailAsync(pass.Batch.Access.Intacct, wanted, cancellationToken)
                : await lookup.ByNameAsync(pass.Batch.Access.Intacct, wanted, cancellationToken);
        return values.Select(v => new Candidates(v.Key, kind, v.Value, [.. found[ComparisonKey.Of(v.Value)]]));
    }

    /// <param name="entry">The record's row.</param>
    /// <param name="customer">What it is linked to.</param>
    /// <param name="target">Where records are written to.</param>
    /// <param name="why">For the story.</param>
    /// <param name="made">Whether the customer was made for this record, and so is none that was adopted.</param>
    private KeyMapEntry Adopt(
        KeyMapEntry entry,
        FoundCustomer customer,
        WriteTarget target,
        string why,
        bool made = false
    ) =>
        WriteOutcomes.Linked(
            entry with
            {
                TargetId = customer.CustomerId,
                NaturalKey = customer.ContactName,
                Hash = null,
                Fingerprints = null,
                Adopted = !made,
                Made = made ? customer.CustomerId : entry.Made,
            },
            target,
            time.GetUtcNow(),
            "adopted",
            $"{customer.CustomerId}: {why}."
        );

    private static (Intacct.Requests.CustomerFields Fields, string Hash) Document(OrganizationDecision decision) =>
        decision switch
        {
            OrganizationDecision.CheckSageId c => (c.Fields, c.Hash),
            OrganizationDecision.Create c => (c.Fields, c.Hash),
            _ => throw new InvalidOperationException("Only what has no counterpart is matched."),
        };

    private static Failure Again { get; } =
        new(
            FailureClass.Throttled,
            new Problem(
                "adopted",
                "The customer was there already and has been adopted.",
                "Nothing: it is written next."
            ),
            TimeSpan.FromSeconds(1)
        );
}
