namespace IntacctSync.Tests.Support;

/// <summary>Tests that measure the process itself, and so run while nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
