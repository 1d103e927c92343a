using System.Diagnostics.CodeAnalysis;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// The external ids by which Upflow finds our records again. They are made of Intacct's keys, so that the same record
/// has the same id however often it is sent, and hold nothing that would have to be escaped in a path.
/// </summary>
/// <remarks>
/// An external id is unique among the records of its kind in an organisation [assumed; the reference does not say].
/// Documents and payments are named with their object, since Intacct numbers each object by itself.
/// </remarks>
public static class UpflowIds
{
    public const string Invoice = "ARINVOICE";
    public const string Adjustment = "ARADJUSTMENT";
    public const string Payment = "ARPYMT";
    public const string Advance = "ARADVANCE";

    /// <summary>
    /// An id that Upflow gave, as it is compared: a uuid in another case is the same record. Other ids are left as they
    /// are.
    /// </summary>
    [return: NotNullIfNotNull(nameof(id))]
    public static string? Own(string? id) => Guid.TryParseExact(id, "D", out _) ? id.ToLowerInvariant() : id;

    /// <summary>Such as <c>ARINVOICE-553</c>: a record of Intacct, as the flows name it and Upflow keeps it.</summary>
    public static string Of(string objectName, string recordNo) => $"{objectName}-{recordNo.Trim()}";

    /// <summary>The object and the RECORDNO of such an id; null for another text.</summary>
    public static (string Object, string RecordNo)? Parse(string id) =>
        id.LastIndexOf('-') is > 0 and var dash && dash < id.Length - 1 ? (id[..dash], id[(dash + 1)..]) : null;

    /// <summary>
    /// A contact of a customer. The customer is part of it, since one contact of Intacct may belong to several.
    /// </summary>
    public static string Contact(string customerId, string recordNo) => $"{customerId.Trim()}-{recordNo.Trim()}";

    /// <summary>What pays, and what it pays: the name of the link between both.</summary>
    public static string Link(string paying, string paid) => $"link-{paying}-{paid}";

    /// <summary>A part of a path that names a record by its external id (docs.upflow.io, Update invoice PDF).</summary>
    public static string InPath(string externalId) => $"external:{Uri.EscapeDataString(externalId)}";
}
