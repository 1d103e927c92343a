using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>A contact's name that stood in Zuper, and what is known of it.</summary>
/// <param name="Value">As it stands in Zuper.</param>
/// <param name="ContactName">The contact of that name; null when Intacct has none.</param>
/// <param name="Original">The older record in Zuper that has the same name as its Sage id; null where this one is the
/// oldest.</param>
/// <param name="Owner">The record that is linked to it; null where none is.</param>
/// <param name="BelongsToCustomer">Whether it is a contact of the customer that this record belongs to, or one that we
/// named for this record.</param>
/// <param name="CustomerId">That customer.</param>
internal sealed record ContactMatch(
    string Value,
    string? ContactName,
    string? Original,
    string? Owner,
    bool BelongsToCustomer,
    string CustomerId
)
{
    /// <summary>
    /// Why it can't be adopted; null when it can. Pure: never a guess, and never somebody else's contact.
    /// </summary>
    public Problem? Objection() =>
        this switch
        {
            { ContactName: null } => new Problem(
                "sage-id-unknown",
                $"'Sage Contact ID' is {Value}, but Intacct has no such contact.",
                "Clear 'Sage Contact ID' in Zuper to have a contact made, or link the record to the right one."
            ),
            { Original: { } original } => Taken(original),
            { Owner: { } owner } => Taken(owner),
            { BelongsToCustomer: false } => new Problem(
                "contact-of-another",
                $"'Sage Contact ID' is {ContactName}, which is no contact of customer {CustomerId}: it may be "
                    + $"shared with a vendor, an employee or another customer.",
                $"Link the record to {ContactName} if Zuper shall own that contact from now on, or clear 'Sage "
                    + $"Contact ID' in Zuper to have a contact made."
            ),
            _ => null,
        };

    private Problem Taken(string owner) =>
        new(
            "sage-id-taken",
            $"'Sage Contact ID' {Value} belongs to the record {owner}; this one looks like a copy of it.",
            "Clear 'Sage Contact ID' in the copy in Zuper; it then gets a contact of its own."
        )
        {
            Records = [owner],
        };
}
