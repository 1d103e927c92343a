namespace IntacctSync.Core.Domain;

/// <summary>Where ids that must be new come from. Tests supply one that counts.</summary>
public interface IIdSource
{
    /// <summary>A new id of lower-case letters and digits, unique in the world, sortable by the time it was made where that costs nothing.</summary>
    string NewId();
}
