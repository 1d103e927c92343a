using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Doctor;

/// <summary>Findings for people: checks that were not made for the same reason are one line. Pure.</summary>
public static class FoldedChecks
{
    /// <returns>In the order of the checks; what stands for several is named by how many they are.</returns>
    public static IReadOnlyList<DoctorCheck> Of(IEnumerable<DoctorCheck> checks) =>
        [
            .. checks
                .GroupBy(c => c.Status == CheckStatus.Skipped ? c.Detail : c.Name, StringComparer.Ordinal)
                .Select(same =>
                    same.Count() == 1 ? same.First() : same.First() with { Name = $"{same.Count()} others" }
                ),
        ];
}
