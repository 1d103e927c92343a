using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>A custom field of an object, as a lookup shows it.</summary>
/// <param name="Name">The integration name.</param>
/// <param name="Label">What people call it.</param>
/// <param name="DataType">Such as TEXT, INTEGER, DECIMAL, CURRENCY, PERCENT, DATE or BOOLEAN; TEXT where the answer has
/// none.</param>
/// <param name="ValidValues">The values that it takes; none where it takes any.</param>
/// <param name="IsReadOnly">Whether only Intacct sets it.</param>
/// <remarks>
/// Seen in recorded answers: Type, Fields, Field with ID, LABEL, READONLY, DATATYPE, VALIDVALUES and ISCUSTOM.
/// </remarks>
public sealed record CustomFieldDefinition(
    string Name,
    string Label,
    string DataType,
    IReadOnlyList<string> ValidValues,
    bool IsReadOnly
)
{
    /// <summary>The one of that name, in any case; null where there is none.</summary>
    public static CustomFieldDefinition? Among(IEnumerable<CustomFieldDefinition> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null for a field that is not custom.</summary>
    internal static CustomFieldDefinition? Read(IntacctRecord field) =>
        string.Equals(field["ISCUSTOM"], "true", StringComparison.OrdinalIgnoreCase) && field["ID"] is { } name
            ? new CustomFieldDefinition(
                name,
                field["LABEL"] ?? name,
                field["DATATYPE"] ?? "TEXT",
                [
                    .. field
                        .Nested("VALIDVALUES")
                        .SelectMany(v => v.Fields)
                        .Where(v => v.Value.Length > 0)
                        .Select(v => v.Value),
                ],
                string.Equals(field["READONLY"], "true", StringComparison.OrdinalIgnoreCase)
            )
            : null;
}
