using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>
/// A deletion that Intacct has written down (developer.intacct.com, AUDITHISTORY; how its keys look: estuary's
/// source-sage-intacct).
/// </summary>
/// <param name="ObjectType">In lower case, for example <c>arpymt</c>.</param>
/// <param name="Key">A RECORDNO, or for some objects a text such as a CUSTOMERID; without Intacct's mark for record
/// numbers.</param>
/// <param name="At">As Intacct writes it, in the user's offset.</param>
public sealed record AuditDeletion(string ObjectType, string Key, string At)
{
    private const string RecordNoMark = "--REC";

    /// <summary>The key when it is a RECORDNO; null when it is a text.</summary>
    public string? RecordNo => RecordNumber.Is(Key) ? Key : null;

    /// <summary>
    /// The deletions of these objects after a time. Let it trail the present by some hours, since they are written
    /// late, and keep the span short, since Intacct fails at long ones.
    /// </summary>
    /// <param name="objects">For example ARPYMT; in any case.</param>
    /// <param name="after">As Intacct writes times, in the user's offset.</param>
    /// <param name="pageSize">1 to 2,000.</param>
    /// <remarks>A role that may not see the audit history gets <see cref="IntacctFailure.AuditDenied"/>.</remarks>
    public static IntacctQuery Query(
        IReadOnlyCollection<string> objects,
        string after,
        int pageSize = IntacctQuery.MaxPageSize
    ) =>
        new("AUDITHISTORY", ["ID", "OBJECTTYPE", "OBJECTKEY", "ACCESSTIME"])
        {
            Filter = QueryFilter.And(
                QueryFilter.In("OBJECTTYPE", [.. objects.Select(static name => name.ToLowerInvariant())]),
                QueryFilter.EqualTo("ACCESSMODE", "D")
            ),
            Order = QueryOrder.ByChange("ACCESSTIME", after, keyField: "ID"),
            PageSize = pageSize,
        };

    /// <exception cref="FormatException">A part of it is missing.</exception>
    public static AuditDeletion Read(IntacctRecord record)
    {
        var key = record.Required("OBJECTKEY");
        return new AuditDeletion(
            record.Required("OBJECTTYPE").ToLowerInvariant(),
            key.EndsWith(RecordNoMark, StringComparison.OrdinalIgnoreCase) ? key[..^RecordNoMark.Length] : key,
            record.Required("ACCESSTIME")
        );
    }
}
