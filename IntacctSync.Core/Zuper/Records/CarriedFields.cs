using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>The custom fields of a record, or of a line, as Intacct takes them.</summary>
/// <param name="Values">By integration name; empty where the field is empty in Zuper. A field that is not in it is left
/// as it is.</param>
/// <param name="Problem">Why one of them can't be carried; null where all can.</param>
public sealed record CarriedFields(IReadOnlyDictionary<string, string?> Values, Problem? Problem = null)
{
    /// <summary>Nothing is carried.</summary>
    public static CarriedFields None { get; } = new(CustomFieldXml.None);
}
