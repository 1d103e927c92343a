namespace IntacctSync.Core.Doctor;

/// <summary>What a check found that did not fail.</summary>
/// <param name="Status">Passed or skipped.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Fix">What would be better; null where nothing.</param>
internal sealed record Finding(CheckStatus Status, string Detail, string? Fix = null)
{
    public static Finding Passed(string detail) => new(CheckStatus.Passed, detail);

    /// <summary>It passes, and something is advised.</summary>
    public static Finding Advice(string detail, string fix) => new(CheckStatus.Passed, detail, fix);

    /// <summary>It can't be found out at all, which says nothing about the connection.</summary>
    public static Finding CannotTell(string why) => new(CheckStatus.Skipped, why);
}
