namespace IntacctSync.Core.Domain;

/// <summary>Where ids that must be new come from. Tests supply one that counts.</summary>
public interface IIdSource
{
    /// <summary>
    /// A new id of lower-case letters and digits, unique in the world, sortable by the time it was made where that
    /// costs nothing.
    /// </summary>
    string NewId();
}

/// <summary>Time-ordered GUIDs without dashes.</summary>
public sealed class GuidIdSource(TimeProvider time) : IIdSource
{
#pragma warning disable RS0030 // This is the one place that GUIDs come from.
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
#pragma warning restore RS0030
}
