namespace IntacctSync.Core.Upflow;

/// <summary>What several flows to Upflow tell in the story of a record.</summary>
internal static class UpflowStory
{
    /// <summary>Upflow itself was not looked at: a comparison does that.</summary>
    public const string Unchanged = "Nothing of it has changed in Intacct since it was carried over.";
}
