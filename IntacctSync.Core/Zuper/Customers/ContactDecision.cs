using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// What is to be done for a customer's contact, from its row, its parent's, and what Zuper says of it now.
/// </summary>
internal abstract record ContactDecision
{
    /// <summary>
    /// Takes the place of the hash while the contact is the display contact of the own customer, which then writes it.
    /// </summary>
    public const string Carried = "carried";

    private ContactDecision() { }

    /// <summary>Both sides are equal, as far as the contact itself goes.</summary>
    public sealed record Unchanged : ContactDecision;

    /// <summary>Nothing to do, and nothing linked.</summary>
    public sealed record Skip(string Reason) : ContactDecision;

    public sealed record Reject(Problem Problem) : ContactDecision;

    /// <summary>It is the display contact of the own customer, which writes it: nothing is left to write.</summary>
    public sealed record Carry(string ContactName, string CustomerId) : ContactDecision;

    /// <summary>Its Sage id names a contact that we did not link: adopted if the name is good.</summary>
    public sealed record CheckSageId(string ContactName, ContactFields Fields, string Hash) : ContactDecision;

    public sealed record Create(ContactFields Fields, string Hash) : ContactDecision;

    public sealed record Update(ContactFields Fields, string Hash) : ContactDecision;

    /// <summary>Whether the contact can go on only with its parent's row.</summary>
    public static bool NeedsParent(ZuperCustomer? customer) =>
        customer is { IsActive: true, IsDeleted: false }
        && ContactMapper.Map(customer) is Mapped<ContactFields>.Document;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="customer">As Zuper has it; null when Zuper has it no longer.</param>
    /// <param name="parent">The row of the customer that it belongs to; null where it needs none.</param>
    public static ContactDecision For(KeyMapEntry entry, ZuperCustomer? customer, KeyMapEntry? parent)
    {
        if (customer is not { IsActive: true, IsDeleted: false })
            return Deactivate(entry, customer);
        var mapped = ContactMapper.Map(customer);
        if (mapped is Mapped<ContactFields>.Rejected rejected)
            return new Reject(rejected.Problem);
        var document = (Mapped<ContactFields>.Document)mapped;
        var sageId = customer.CustomField(ContactMapper.SageContactId);
        if (parent is not null && IsCarriedBy(entry, parent, customer.Uid, sageId))
        {
            return entry.Hash == Carried && entry.TargetId == parent.NaturalKey && entry.AttachedTo == parent.TargetId
                ? new Unchanged()
                : new Carry(parent.NaturalKey!, parent.TargetId!);
        }

        return entry.TargetId is not null
            ? entry.Hash == document.Hash
                ? new Unchanged()
                : new Update(document.Value, document.Hash)
            : sageId is not null
                ? new CheckSageId(sageId, document.Value, document.Hash)
                : new Create(document.Value, document.Hash);
    }

    /// <summary>
    /// What is to be done for one whose contact is gone from Intacct. A contact that others have made is not made
    /// again: they decide. Pure.
    /// </summary>
    /// <param name="entry">Its row; it is linked.</param>
    /// <param name="customer">As Zuper has it; null when Zuper has it no longer.</param>
    public static ContactDecision WithoutCounterpart(KeyMapEntry entry, ZuperCustomer? customer)
    {
        if (customer is not { IsActive: true, IsDeleted: false })
            return new Skip($"It is out of use in Zuper, and its contact {entry.TargetId} is no longer in Intacct.");
        return
            ContactNames.IsOf(entry.TargetId, entry.Key.SourceId)
            && ContactMapper.Map(customer) is Mapped<ContactFields>.Document d
            ? new Create(d.Value, d.Hash)
            : new Reject(
                new Problem(
                    "contact-gone",
                    $"Contact {entry.TargetId} is no longer in Intacct, and it was not made from Zuper.",
                    "Link the record to the contact that took its place, or restore that one in Intacct and retry, "
                        + "or ignore the record."
                )
            );
    }

    private static bool IsCarriedBy(KeyMapEntry entry, KeyMapEntry parent, string uid, string? sageId) =>
        OwnCustomer.Is(parent.Key.SourceId)
        && ContactNames.IsOf(parent.NaturalKey, uid)
        && (
            entry.Hash == Carried
            || (entry.Hash is null && (entry.TargetId ?? sageId ?? parent.NaturalKey) == parent.NaturalKey)
        );

    /// <summary>
    /// A contact is never deleted. Where Intacct would refuse its other data, only the status is written.
    /// </summary>
    private static ContactDecision Deactivate(KeyMapEntry entry, ZuperCustomer? customer)
    {
        if (entry.TargetId is null)
            return new Skip(
                $"It is {(customer is null or { IsDeleted: true } ? "deleted" : "inactive")} in Zuper and was "
                    + "never synced"
                    + (
                        customer?.CustomField(ContactMapper.SageContactId) is { } name
                            ? $"; the contact {name}, whose name it shows, stays as it is."
                            : "."
                    )
            );
        if (entry.Hash == Carried)
            return new Unchanged();
        var mapped = customer is null ? null : ContactMapper.Map(customer) as Mapped<ContactFields>.Document;
        var (fields, hash) = mapped is null
            ? (new ContactFields { Status = "inactive" }, ContactMapper.OnlyInactive)
            : (mapped.Value, mapped.Hash);
        return entry.Hash == hash ? new Unchanged() : new Update(fields, hash);
    }
}
