namespace IntacctSync.Core.Apps.Checks;

/// <summary>What a check found that did not fail.</summary>
/// <param name="Status">Passed or skipped.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Fix">What would be better; null where nothing.</param>
public sealed record Finding(CheckStatus Status, string Detail, string? Fix = null)
{
    public static Finding Passed(string detail) => new(CheckStatus.Passed, detail);

    /// <summary>It passes, and something is advised.</summary>
    public static Finding Advice(string detail, string fix) => new(CheckStatus.Passed, detail, fix);

    /// <summary>Nobody can find this out, so it says nothing about the connection.</summary>
    public static Finding CannotTell(string why) => new(CheckStatus.Skipped, why);
}

/// <summary>A check found something wrong by itself, without any call having failed.</summary>
internal sealed class CheckFailedException(string detail, string fix) : Exception(detail)
{
    public string Fix { get; } = fix;
}

public enum CheckStatus
{
    Passed,
    Failed,

    /// <summary>The check was not made: there was no time, or a check that it needs did not pass.</summary>
    Skipped,
}
