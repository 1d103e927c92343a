using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>
/// The CONTACTNAMEs that we give: what a person reads, and a part that makes the name unique in the company and the
/// same every time.
/// </summary>
internal static class ContactNames
{
    /// <param name="name">Of the record; cut to what fits.</param>
    /// <param name="sourceId">Of the record.</param>
    /// <param name="revision">How often the counterpart was made again under another name.</param>
    public static string For(string? name, string sourceId, int revision = 0)
    {
        var mark = Mark(sourceId);
        if (revision > 0)
            mark = string.Create(CultureInfo.InvariantCulture, $" {revision + 1}{mark}");
        return IntacctText.Cut(name, IntacctText.ContactName - mark.Length) + mark;
    }

    /// <summary>Whether a contact was named for that record, whatever the record's name was then.</summary>
    public static bool IsOf(string? contactName, string sourceId) =>
        contactName?.EndsWith(Mark(sourceId), StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// Whether the display contact of a customer belongs to nobody else: we named it for this record, or Intacct named
    /// it for this customer, as it does when it is given no name (developer.intacct.com, Customers). Any other contact
    /// may be shared with a vendor or an employee.
    /// </summary>
    public static bool IsOwnDisplayContact(string? contactName, string customerId, string sourceId) =>
        IsOf(contactName, sourceId)
        || contactName?.EndsWith($"(C{customerId})", StringComparison.OrdinalIgnoreCase) == true;

    private static string Mark(string sourceId) => $" (Z-{ShortHash.Of(sourceId)})";
}
