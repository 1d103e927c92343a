namespace IntacctSync.Core.Waiting;

/// <summary>Problems of a record that end by themselves when the one it belongs to gets its counterpart.</summary>
public static class ParentProblems
{
    public const string Ignored = "parent-ignored";
    public const string NotSynced = "parent-not-synced";
    public const string Skipped = "parent-skipped";
}
