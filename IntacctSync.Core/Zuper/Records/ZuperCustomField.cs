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
}
