using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>
/// Chooses, field by field, what an update of a counterpart carries: what has changed at the source since it was last
/// written. What people have changed on the target meanwhile stays, as long as the source does not change it, too.
/// </summary>
/// <remarks>
/// A field of which nothing is known is written if the source has something for it. It is not emptied, and a
/// counterpart that somebody has taken out of use is not put into use again. Of a flow that only notes what the source
/// says when a counterpart is adopted nothing is written then: what the target has stays.
/// </remarks>
/// <param name="written">What was last written, or noted.</param>
/// <param name="stateField">The field that says whether the counterpart is in use.</param>
/// <param name="inUse">The value of that field which says so.</param>
/// <param name="notesOnly">Whether a field of which nothing is known is noted and not written.</param>
public sealed class FieldChanges(Fingerprints written, string stateField, string inUse, bool notesOnly = false)
{
    private readonly Fingerprints _written = written;
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>How the fields are once the update has landed.</summary>
    public Fingerprints After => _written.With(_taken);

    /// <summary>Whether any field is to be written.</summary>
    public bool Any { get; private set; }

    /// <summary>What is known of a counterpart: nothing, until its source was noted after it was adopted.</summary>
    public static Fingerprints Known(KeyMapEntry entry) =>
        entry is { Adopted: true, Hash: null } ? Fingerprints.None : Fingerprints.Of(entry.Fingerprints);

    /// <summary>
    /// Whether a counterpart was adopted and what its source said then was not noted yet. It is noted now.
    /// </summary>
    public static bool AreNotedNow(KeyMapEntry entry) => entry is { Adopted: true, Hash: null };

    /// <summary>The field's value if it is to be written, null if not.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="value">As it is mapped: empty where the source has nothing for it, null where the update is not
    /// about it.</param>
    public string? Take(string field, string? value)
    {
        if (value is null)
            return null;
        _taken[field] = value;
        var due = _written.Has(field)
            ? !_written.Is(field, value)
            : !notesOnly && value.Length > 0 && (field != stateField || value != inUse);
        Any |= due;
        return due ? value : null;
    }

    /// <summary>The source has nothing for the field any more, and what the target has is left to its people.</summary>
    public void LetGo(string field) => _taken[field] = "";

    /// <summary>Whether that value is what was last written to the field.</summary>
    public bool Wrote(string field, string value) => _written.Is(field, value);
}
