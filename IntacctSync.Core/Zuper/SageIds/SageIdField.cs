using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.SageIds;

/// <summary>The custom field of a Zuper module that shows the id of the counterpart.</summary>
public sealed record SageIdField(ZuperModule Module, string Label)
{
    /// <summary>Whether the field is to be written: it lacks the id, and there is a record to write it to.</summary>
    /// <param name="entry">The record's row; it is linked.</param>
    /// <param name="record">As Zuper has it; null when Zuper has it no longer.</param>
    /// <returns>False also where the record's fields are not known, when nothing says that the id is missing.</returns>
    public bool Lacks(KeyMapEntry entry, ZuperRecord? record) =>
        record is { CustomFieldsKnown: true, IsDeleted: false } && record.CustomField(Label) != entry.TargetId;

    /// <summary>
    /// Whether a write-back that is due still has somewhere to go, and the id does not stand there already.
    /// </summary>
    public bool Wants(KeyMapEntry entry, ZuperRecord? record) =>
        record is not (null or { IsDeleted: true })
        && !(record.CustomFieldsKnown && record.CustomField(Label) == entry.TargetId);

    /// <summary>The row without a write-back that came to nothing.</summary>
    public KeyMapEntry Settled(KeyMapEntry entry, ZuperRecord? record) =>
        entry.WriteBack == WriteBack.Due && !Wants(entry, record)
            ? entry with
            {
                WriteBack = record is null ? WriteBack.None : WriteBack.Done,
            }
            : entry;
}
