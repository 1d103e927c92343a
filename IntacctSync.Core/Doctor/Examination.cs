using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Makes checks one after the other. A check is made only if the one that it needs has passed and there is time left;
/// each may take only so long.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="over">Cancelled when the time is up.</param>
/// <param name="cancellationToken">The person has gone.</param>
internal sealed class Examination(TimeProvider time, CancellationToken over, CancellationToken cancellationToken)
{
    /// <summary>
    /// How long a check may take, so that a system that does not answer leaves time for the other checks.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly List<DoctorCheck> _checks = [];

    public IReadOnlyList<DoctorCheck> Checks => _checks;

    public void Add(params IEnumerable<DoctorCheck> checks) => _checks.AddRange(checks);

    public void Skip(string why, params IEnumerable<string> names) =>
        Add(names.Select(name => new DoctorCheck(name, CheckStatus.Skipped, why)));

    /// <summary>The first of some checks that was made, or skipped, without passing; null for none.</summary>
    public string? FirstNotPassed(IReadOnlyList<string> names) =>
        _checks.Find(c => names.Contains(c.Name, StringComparer.Ordinal) && c.Status != CheckStatus.Passed)?.Name;

    /// <param name="name">The check.</param>
    /// <param name="needs">The check of this examination that must have passed; null for none.</param>
    /// <param name="check">Gives what was found, or throws.</param>
    public async Task MakeAsync(string name, string? needs, Func<CancellationToken, Task<Finding>> check)
    {
        if (needs is not null && !_checks.Exists(c => c.Name == needs && c.Status == CheckStatus.Passed))
            Skip($"Not made: {needs} did not pass.", name);
        else
            Add((await TryAsync(name, check)).Check);
    }

    /// <summary>Makes a check without adding it.</summary>
    /// <returns>How it ended, and the exception if one was thrown.</returns>
    public async Task<(DoctorCheck Check, Exception? Thrown)> TryAsync(
        string name,
        Func<CancellationToken, Task<Finding>> check
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (over.IsCancellationRequested)
            return (NoTime(name), null);
        using var longest = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over, longest.Token);
        try
        {
            var found = await check(either.Token);
            return (
                new DoctorCheck(name, found.Status, found.Detail, found.Fix)
                {
                    Counts = found.Status != CheckStatus.Skipped,
                },
                null
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (over.IsCancellationRequested ? NoTime(name) : Silent(name), null);
        }
        catch (CheckFailedException e)
        {
            return (new DoctorCheck(name, CheckStatus.Failed, e.Message, e.Fix), e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = Failures.Of(e);
            var problem = failure.Problem.WhereAsked();
            return failure.NotNow
                ? (new DoctorCheck(name, CheckStatus.Skipped, $"Not made: {problem.Message}", problem.Fix), e)
                : (new DoctorCheck(name, CheckStatus.Failed, problem.Message, problem.Fix), e);
        }
    }

    private static DoctorCheck NoTime(string name) =>
        new(name, CheckStatus.Skipped, "Not made: there was no time left.");

    private static DoctorCheck Silent(string name) =>
        new(
            name,
            CheckStatus.Failed,
            $"No answer within {Longest:c}.",
            "Check the network, and try again in a few minutes."
        );
}
