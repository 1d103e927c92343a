namespace IntacctSync.Core.Doctor;

/// <summary>What the doctor found, in the order in which things build on each other.</summary>
public sealed record DoctorReport(IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>True when every check that can be made was made and passed.</summary>
    public bool Ok => Checks.All(check => check.Status == CheckStatus.Passed || !check.Counts);

    public bool Passed(string name) => Checks.Any(check => check.Name == name && check.Status == CheckStatus.Passed);
}
