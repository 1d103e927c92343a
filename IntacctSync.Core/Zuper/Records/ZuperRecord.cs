using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>What the records of all modules have; only the uid is sure to be there.</summary>
public abstract record ZuperRecord
{
    public required string Uid { get; init; }

    public IReadOnlyList<ZuperCustomField> CustomFields { get; init; } = [];

    /// <summary>
    /// False when the answer had no list of custom fields at all, as list rows may: a label that is not found then says
    /// nothing.
    /// </summary>
    public bool CustomFieldsKnown { get; init; }

    public bool IsDeleted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null in the list rows of some modules.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>False when it was read from a list that leaves out what the details have.</summary>
    public virtual bool IsWhole => CustomFieldsKnown;

    /// <summary>
    /// What of it could not be understood and must not be passed over, in words; null when all could.
    /// </summary>
    public virtual string? Unreadable => null;

    /// <summary>
    /// The value of the field with that label, trimmed and in any case; null when there is none or it is blank.
    /// </summary>
    /// <remarks>
    /// Of several fields with the label (a label can occur in more than one group) the first that is not blank.
    /// </remarks>
    public string? CustomField(string label) =>
        Labelled(label).Select(field => field.Value.Trim()).FirstOrDefault(value => value.Length > 0);

    /// <summary>
    /// Why the value of the field with that label can't be told; null where it can, or the field is empty. A value that
    /// can't be read is never taken for none.
    /// </summary>
    public Problem? UnreadableField(string label) =>
        CustomField(label) is null
        && Labelled(label).Select(field => field.Unreadable).FirstOrDefault(u => u is not null) is { } found
            ? new Problem(
                "custom-field-unreadable",
                $"The value of the custom field '{label}' is {found}, which has no name that could be read.",
                "Make it a text, or choose its value anew, in Zuper; or have the settings name another field."
            )
            : null;

    private IEnumerable<ZuperCustomField> Labelled(string label) =>
        CustomFields.Where(field => ComparisonKey.AreEqual(field.Label, label));
}
