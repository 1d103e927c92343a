using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.SageIds;

/// <summary>
/// The custom field of a Zuper module that shows the id of the counterpart, and the one rule of when it is written.
/// Pure.
/// </summary>
/// <param name="Module">Whose records have the field.</param>
/// <param name="Label">Its name, for example <c>Sage Customer ID</c>.</param>
public sealed record SageIdField(ZuperModule Module, string Label)
{
    /// <summary>Which linked records have an id to show; all, where nothing else is said.</summary>
    public Func<KeyMapEntry, bool> Applies { get; init; } = static _ => true;

    /// <summary>Whether Zuper is known to show the counterpart's id.</summary>
    /// <param name="entry">The record's row; it is linked.</param>
    /// <param name="record">As Zuper has it; null when Zuper has it no longer, or was not asked yet.</param>
    public bool Shows(KeyMapEntry entry, ZuperRecord? record) => record?.CustomField(Label) == entry.TargetId;

    /// <summary>
    /// Whether Zuper is known to show another id than the counterpart's, or none: somebody cleared or overwrote it.
    /// </summary>
    /// <param name="entry">The record's row; it is linked.</param>
    /// <param name="record">As Zuper has it; null when Zuper has it no longer.</param>
    /// <returns>False also where the record's fields are not known, when nothing says that the id is missing.</returns>
    public bool Lacks(KeyMapEntry entry, ZuperRecord? record) =>
        Applies(entry) && record is { CustomFieldsKnown: true, IsDeleted: false } && !Shows(entry, record);

    /// <summary>
    /// Whether a write-back that is due still has somewhere to go, and the id is not known to be there already.
    /// </summary>
    /// <returns>True also where the record's fields are not known: writing the same id again does no harm.</returns>
    public bool Wants(KeyMapEntry entry, ZuperRecord? record) =>
        Applies(entry)
        && record is not (null or { IsDeleted: true })
        && !(record.CustomFieldsKnown && Shows(entry, record));

    /// <summary>
    /// The row without a write-back that has nothing to write any more: the field does not apply, the id is there, or
    /// Zuper has no record that could show it.
    /// </summary>
    public KeyMapEntry Settled(KeyMapEntry entry, ZuperRecord? record)
    {
        if (entry.WrittenBack > 0 && record is { CustomFieldsKnown: true } && Shows(entry, record))
            entry = entry with { WrittenBack = 0 };
        return entry.WriteBack == WriteBack.Due && !Wants(entry, record)
            ? entry with
            {
                WriteBack = record is null ? WriteBack.None : WriteBack.Done,
            }
            : entry;
    }
}
