using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// What a pass over customers has learned so far: the records in Zuper, and the Intacct customers that they belong to.
/// </summary>
internal sealed class CustomerPass(RecordPass pass)
{
    /// <summary>As Zuper has them, by source id.</summary>
    public Dictionary<string, ZuperCustomer> Customers { get; } = new(StringComparer.Ordinal);

    /// <summary>False until Zuper was asked. Before, a customer that is missing here may well exist.</summary>
    public bool IsRead { get; set; }

    /// <summary>
    /// The rows of the records that the customers belong to, by source id. A customer that is gone needs none.
    /// </summary>
    public IReadOnlyDictionary<string, KeyMapEntry> Parents { get; set; } =
        new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> CustomerIds =>
        Parents.ToDictionary(p => p.Key, p => p.Value.TargetId!, StringComparer.Ordinal);

    public Dictionary<string, ContactDecision> Decide() =>
        pass.Decide(
            pass.Open,
            w =>
                ContactDecision.For(
                    pass[w.SourceId],
                    Customers.GetValueOrDefault(w.SourceId),
                    Parents.GetValueOrDefault(w.SourceId)
                )
        );

    public bool IsUnattached(KeyMapEntry entry) =>
        Parents.TryGetValue(entry.Key.SourceId, out var parent) && Attachment.IsDue(entry, parent.TargetId!);

    /// <summary>
    /// Whether a record whose contact was written has a step left: to be attached, or to show the contact's name in
    /// Zuper. It must not be taken for done before that.
    /// </summary>
    public bool IsUnfinished(KeyMapEntry entry, SageIdField field) =>
        !IsRead || IsUnattached(entry) || field.Wants(entry, Customers.GetValueOrDefault(entry.Key.SourceId));

    /// <summary>The row of a contact that its own customer carries.</summary>
    public KeyMapEntry Carried(KeyMapEntry entry, ContactDecision.Carry carry, SageIdField field)
    {
        var now = pass.Now;
        var customer = Customers.GetValueOrDefault(entry.Key.SourceId);
        var linked = field.Settled(
            entry with
            {
                TargetId = carry.ContactName,
                NaturalKey = carry.ContactName,
                AttachedTo = carry.CustomerId,
                Hash = ContactDecision.Carried,
                Fingerprints = null,
                Adopted = false,
                Version = customer?.UpdatedAt ?? entry.Version,
                WriteBack = WriteBack.Due,
            },
            customer
        );
        var detail = $"It is the display contact of customer {carry.CustomerId}.";
        return linked.WriteBack == WriteBack.Due
            ? (
                linked with
                {
                    State = RecordState.Pending,
                    Problem = null,
                    PendingSince = entry.PendingSince ?? now,
                }
            ).Note(now, "carried", detail)
            : linked.Sync(now, "carried", detail);
    }

    /// <summary>In shadow mode: the rows with what would have been done.</summary>
    public IEnumerable<KeyMapEntry> Wishes(Dictionary<string, ContactDecision> decisions) =>
        pass
            .Open.ToList()
            .Where(w => decisions.ContainsKey(w.SourceId))
            .Select(w =>
                (
                    Entry: pass[w.SourceId],
                    Wish: decisions[w.SourceId] switch
                    {
                        ContactDecision.Create => "create the contact",
                        ContactDecision.Update => "update the contact",
                        ContactDecision.Carry carry => $"take the display contact of customer {carry.CustomerId}",
                        _ when IsUnattached(pass[w.SourceId]) => "attach the contact",
                        _ => null,
                    }
                )
            )
            .Where(w => w.Wish is not null)
            .Select(w => w.Entry.Skip(pass.Now, $"{RecordPass.ShadowMode} would {w.Wish}."));
}
