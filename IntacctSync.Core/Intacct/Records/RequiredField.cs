using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>Reads a field that every record of its kind must have.</summary>
internal static class RequiredField
{
    /// <exception cref="FormatException">The record has no such field, or it is empty.</exception>
    public static string Required(this IntacctRecord record, string field) =>
        record[field]
        ?? throw new UnreadableValueException(
            $"A record {record.Name} that Intacct answered has no {field}, which each of them has: ask for the "
                + $"field, or report it."
        );
}
