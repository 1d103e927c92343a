namespace IntacctSync.Core.Doctor;

public enum CheckStatus
{
    Passed,
    Failed,

    /// <summary>It was not made: there was no time, or what it needs did not pass.</summary>
    Skipped,
}
