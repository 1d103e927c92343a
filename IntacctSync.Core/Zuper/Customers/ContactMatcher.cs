using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// Finds the contacts that customers already have in Intacct: by a name left in Zuper, or by our own name after a
/// create was refused. They are found by nothing else, since many people share a name or an address.
/// </summary>
public sealed class ContactMatcher(ContactLookup lookup, ZuperClient zuper, CounterpartLinks links, TimeProvider time)
{
    /// <summary>Adopts the contacts that Sage ids name. A record whose contact can't be adopted ends.</summary>
    internal async Task MatchAsync(
        RecordPass pass,
        Dictionary<string, ContactDecision> decisions,
        Dictionary<string, ZuperCustomer> customers,
        IReadOnlyDictionary<string, KeyMapEntry> parents,
        CancellationToken cancellationToken
    )
    {
        var carried = pass
            .Open.Select(w => w.SourceId)
            .Where(id => decisions.GetValueOrDefault(id) is ContactDecision.CheckSageId)
            .ToDictionary(id => id, id => (ContactDecision.CheckSageId)decisions[id], StringComparer.Ordinal);
        if (carried.Count == 0)
            return;
        var credentials = pass.Batch.Access.Intacct;
        var found = await lookup.ByNameAsync(
            credentials,
            [.. carried.Values.Select(c => c.ContactName).Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        var linked = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Customers,
            [.. found.Values],
            cancellationToken
        );
        var theirs = await lookup.OfCustomersAsync(
            credentials,
            [.. carried.Keys.Select(id => parents[id].TargetId!)],
            cancellationToken
        );
        var adopted = new List<KeyMapEntry>();
        foreach (var (id, check) in carried)
        {
            if (
                await OriginalAsync(pass, customers[id], check.ContactName, cancellationToken)
                is not
                (var original, true)
            )
                continue;
            var name = found.GetValueOrDefault(check.ContactName);
            var customerId = parents[id].TargetId!;
            var inList = name is not null && theirs[customerId].Contains(name, StringComparer.OrdinalIgnoreCase);
            var match = new ContactMatch(
                check.ContactName,
                name,
                original,
                name is null ? null : linked.GetValueOrDefault(name.ToUpperInvariant()),
                inList || ContactNames.IsOf(name, id),
                customerId
            );
            if (match.Objection() is { } problem)
            {
                pass.Fail(id, new Failure(FailureClass.Data, problem));
                continue;
            }

            adopted.Add(Adopt(pass[id], name!, "its name stood in Zuper"));
            decisions[id] = new ContactDecision.Update(check.Fields, check.Hash);
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
    }

    /// <summary>
    /// Intacct refused a create because the contact's name exists. The name is the one that we give this record, so the
    /// contact is adopted, and written in the next pass.
    /// </summary>
    internal async Task AdoptDuplicatesAsync(
        RecordPass pass,
        IReadOnlyList<WriteOutcome> taken,
        CancellationToken cancellationToken
    )
    {
        if (taken.Count == 0)
            return;
        var found = await lookup.ByNameAsync(
            pass.Batch.Access.Intacct,
            [.. taken.Select(o => o.Entry.NaturalKey!)],
            cancellationToken
        );
        var linked = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Customers,
            [.. found.Values],
            cancellationToken
        );
        foreach (var entry in taken.Select(o => o.Entry))
        {
            if (!found.TryGetValue(entry.NaturalKey!, out var name) || linked.ContainsKey(name.ToUpperInvariant()))
                continue;
            pass.Reopen(entry);
            await pass.SaveAsync(
                [Adopt(entry, name, "its name is the one we give this record", made: true)],
                cancellationToken
            );
            pass.Fail(entry.Key.SourceId, Again);
        }
    }

    /// <summary>
    /// A name belongs to the oldest record in Zuper that has it as its Sage id. Not sure when Zuper could not be asked,
    /// so that the record comes again.
    /// </summary>
    private async Task<(string? Original, bool Sure)> OriginalAsync(
        RecordPass pass,
        ZuperCustomer customer,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var priority = pass.Batch.Priority;
            var others = await zuper.FindCustomersAsync(
                pass.Batch.Access.Zuper(),
                ContactMapper.SageContactId,
                name,
                priority,
                cancellationToken
            );
            return (CustomerMatcher.OldestCarrier(others, customer), true);
        }
        catch (ZuperException e)
        {
            pass.Fail(customer.Uid, Failures.Of(e));
            return (null, false);
        }
    }

    /// <param name="entry">The record's row.</param>
    /// <param name="name">Of the contact that it is linked to.</param>
    /// <param name="why">For the story.</param>
    /// <param name="made">Whether the contact was made for this record, and so is none that was adopted.</param>
    private KeyMapEntry Adopt(KeyMapEntry entry, string name, string why, bool made = false)
    {
        var now = time.GetUtcNow();
        var adopted = entry with
        {
            State = RecordState.Pending,
            Problem = null,
            PendingSince = entry.PendingSince ?? now,
            TargetId = name,
            NaturalKey = name,
            Hash = null,
            Fingerprints = null,
            Adopted = !made,
            Made = made ? name : entry.Made,
            AttachedTo = null,
            WriteBack = WriteBack.Due,
        };
        return adopted.Note(now, "adopted", $"{name}: {why}.");
    }

    private static Failure Again { get; } =
        new(
            FailureClass.Throttled,
            new Problem(
                "adopted",
                "The contact was there already and has been adopted.",
                "Nothing: it is written next."
            ),
            TimeSpan.FromSeconds(1)
        );
}
