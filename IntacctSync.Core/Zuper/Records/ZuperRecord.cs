using System.Text.Json.Serialization;
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

    /// <summary>What of its custom fields goes to Intacct; nothing until its flow has found that out.</summary>
    [JsonIgnore]
    public CarriedFields Carried { get; init; } = CarriedFields.None;

    /// <inheritdoc cref="ZuperCustomField.ValueAmong"/>
    public string? CustomField(string label) => ZuperCustomField.ValueAmong(CustomFields, label);

    /// <inheritdoc cref="ZuperCustomField.UnreadableAmong"/>
    public Problem? UnreadableField(string label) => ZuperCustomField.UnreadableAmong(CustomFields, label);
}
