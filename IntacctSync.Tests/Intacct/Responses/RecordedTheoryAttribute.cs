namespace IntacctSync.Tests.Intacct.Responses;

/// <summary>A theory over recorded answers, which are not ours to pass on: it runs where they are at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordedTheoryAttribute : TheoryAttribute
{
    public const string Variable = "INTACCT_RECORDED_RESPONSES";

    public RecordedTheoryAttribute()
    {
        if (Folder is null)
            Skip =
                $"Set {Variable} to the folder that holds the recorded answers; the same assertions always run "
                + $"on fixtures of the same shapes.";
    }

    public static string? Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;
}
