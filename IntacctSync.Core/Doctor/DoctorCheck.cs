using System.Text.Json.Serialization;
using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Doctor;

/// <summary>One check.</summary>
/// <param name="Name">Lower-case words joined by dashes; stable.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was found. Never holds a secret.</param>
/// <param name="Fix">What to change and where; null where nothing is to be done. A check that passed may give one as
/// advice.</param>
public sealed record DoctorCheck(string Name, CheckStatus Status, string Detail, string? Fix = null)
{
    /// <summary>
    /// False where a skipped check could not have been made by anybody, so that it speaks neither for nor against the
    /// connection.
    /// </summary>
    [JsonIgnore]
    public bool Counts { get; init; } = true;
}

/// <summary>What the doctor found, in the order in which things build on each other.</summary>
public sealed record DoctorReport(IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>True when every check that can be made was made and passed.</summary>
    public bool Ok => Checks.All(check => check.Status == CheckStatus.Passed || !check.Counts);

    public bool Passed(string name) => Checks.Any(check => check.Name == name && check.Status == CheckStatus.Passed);
}
