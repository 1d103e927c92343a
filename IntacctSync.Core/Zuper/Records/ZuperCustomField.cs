using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// A custom field of a record. Values are text on the wire; <c>""</c> clears a field, null is refused.
/// </summary>
/// <param name="Label">What people see; compared trimmed and in any case.</param>
/// <param name="Value">Never null.</param>
/// <param name="Type">For example <c>SINGLE_LINE</c>; not needed to update a field (developers.zuper.co, Update Custom
/// Fields).</param>
public sealed record ZuperCustomField(string Label, string Value, string? Type = null)
{
    /// <summary>
    /// What the value is where it could not be read, as JSON; null where it could. <see cref="Value"/> is then empty
    /// and says nothing.
    /// </summary>
    public string? Unreadable { get; init; }

    /// <summary>
    /// The value of the field with that label, trimmed and in any case; null when there is none or it is blank. Of
    /// several with the label (a label can occur in more than one group) the first that is not blank.
    /// </summary>
    public static string? ValueAmong(IEnumerable<ZuperCustomField> fields, string label) =>
        Labelled(fields, label).Select(field => field.Value.Trim()).FirstOrDefault(value => value.Length > 0);

    /// <summary>
    /// Why the value of the field with that label can't be told; null where it can, or the field is empty. A value that
    /// can't be read is never taken for none.
    /// </summary>
    public static Problem? UnreadableAmong(IReadOnlyList<ZuperCustomField> fields, string label) =>
        ValueAmong(fields, label) is null
        && Labelled(fields, label).Select(field => field.Unreadable).FirstOrDefault(u => u is not null) is { } found
            ? new Problem(
                "custom-field-unreadable",
                $"The value of the custom field '{label}' is {found}, which has no name that could be read.",
                "Make it a text, or choose its value anew, in Zuper; or have the settings name another field."
            )
            : null;

    private static IEnumerable<ZuperCustomField> Labelled(IEnumerable<ZuperCustomField> fields, string label) =>
        fields.Where(field => ComparisonKey.AreEqual(field.Label, label));
}
