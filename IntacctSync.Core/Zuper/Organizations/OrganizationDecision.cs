using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>What is to be done for an organization, from its row and what Zuper says of it now.</summary>
internal abstract record OrganizationDecision
{
    private OrganizationDecision() { }

    /// <summary>Both sides are equal.</summary>
    public sealed record Unchanged : OrganizationDecision;

    /// <summary>Its customer stays as it is, though it is out of use in Zuper.</summary>
    public sealed record Keep(string Reason) : OrganizationDecision;

    /// <summary>Nothing to do, and nothing linked.</summary>
    public sealed record Skip(string Reason) : OrganizationDecision;

    public sealed record Reject(Problem Problem) : OrganizationDecision;

    /// <summary>Its Sage id names a customer that we did not link: adopted if the id is good.</summary>
    public sealed record CheckSageId(string CustomerId, CustomerFields Fields, string Hash) : OrganizationDecision;

    /// <summary>It has no counterpart: one is looked for, if the settings say so, or made.</summary>
    public sealed record Create(CustomerFields Fields, string Hash) : OrganizationDecision;

    public sealed record Update(CustomerFields Fields, string Hash) : OrganizationDecision;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="source">As Zuper has it; null when Zuper has it no longer.</param>
    public static OrganizationDecision For(KeyMapEntry entry, CustomerSource? source)
    {
        var linked = entry.TargetId is not null;
        if (source is not { IsInUse: true })
        {
            var how = source is null or { Record.IsDeleted: true } ? "deleted" : "inactive";
            return linked
                ? Deactivate(entry, source)
                : new Skip(
                    $"It is {how} in Zuper and was never synced"
                        + (source?.SageId is { } id ? $"; the customer {id}, whose id it shows, stays as it is." : ".")
                );
        }

        return source.Mapped switch
        {
            Mapped<CustomerFields>.Document d when linked => entry.Hash == d.Hash
                ? new Unchanged()
                : new Update(d.Value, d.Hash),
            Mapped<CustomerFields>.Document d when source.SageId is { } id => new CheckSageId(id, d.Value, d.Hash),
            Mapped<CustomerFields>.Document d => new Create(d.Value, d.Hash),
            Mapped<CustomerFields>.Rejected r => new Reject(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };
    }

    /// <summary>
    /// What is to be done for one whose customer is gone from Intacct. A customer that others have made is not made
    /// again: they decide. Pure.
    /// </summary>
    /// <param name="entry">Its row; it is linked.</param>
    /// <param name="source">As Zuper has it; null when Zuper has it no longer.</param>
    public static OrganizationDecision WithoutCounterpart(KeyMapEntry entry, CustomerSource? source) =>
        source switch
        {
            not { IsInUse: true } => new Skip(
                $"It is out of use in Zuper, and its customer {entry.TargetId} is no longer in Intacct."
            ),
            { Mapped: Mapped<CustomerFields>.Document d } when WasMadeHere(entry) => new Create(d.Value, d.Hash),
            _ => new Reject(
                new Problem(
                    "customer-gone",
                    $"Customer {entry.TargetId} is no longer in Intacct, and it was not made from Zuper.",
                    "Link the record to the customer that took its place, or restore that one in Intacct and "
                        + "retry, or ignore the record."
                )
            ),
        };

    /// <summary>A customer that was made here has a display contact with a name of ours.</summary>
    private static bool WasMadeHere(KeyMapEntry entry) =>
        ContactNames.IsOf(entry.NaturalKey, entry.Key.SourceId)
        || ContactNames.IsOf(entry.NaturalKey, OwnCustomer.Uid(entry.Key.SourceId));

    /// <summary>
    /// Only the status is written. An organization whose other data Intacct would refuse is so set inactive all the
    /// same.
    /// </summary>
    private static OrganizationDecision Deactivate(KeyMapEntry entry, CustomerSource? source)
    {
        var mapped = source?.Mapped as Mapped<CustomerFields>.Document;
        var (fields, hash) = mapped is null
            ? (new CustomerFields { Status = "inactive" }, OrganizationMapper.OnlyInactive)
            : (mapped.Value, mapped.Hash);
        return entry.Hash == hash ? new Unchanged() : new Update(fields, hash);
    }
}
