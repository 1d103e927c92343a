namespace IntacctSync.Core.Domain;

/// <summary>Time-ordered GUIDs without dashes.</summary>
public sealed class GuidIdSource(TimeProvider time) : IIdSource
{
#pragma warning disable RS0030 // This is the one place that GUIDs come from.
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
#pragma warning restore RS0030
}
