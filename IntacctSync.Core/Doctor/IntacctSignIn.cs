using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Tells from one sign-in which of the three it passes was refused. Pure. Intacct looks at the sender before the
/// company and its user (developer.intacct.com, Web Services, Requests), so a refused user means an accepted sender.
/// </summary>
internal static class IntacctSignIn
{
    /// <param name="login">How the sign-in ended.</param>
    /// <param name="failure">What it failed by; null where it passed, or nothing answered.</param>
    public static IReadOnlyList<DoctorCheck> Split(DoctorCheck login, IntacctFailure? failure) =>
        (login.Status, failure) switch
        {
            (CheckStatus.Passed, _) => [Reached, SenderAccepted, login],
            (_, IntacctFailure.SenderRejected or IntacctFailure.SenderNotAuthorized) =>
            [
                Reached,
                login with
                {
                    Name = CheckNames.IntacctSender,
                },
                NotMade(CheckNames.IntacctLogin, CheckNames.IntacctSender),
            ],
            (
                _,
                null
                    or IntacctFailure.Unreachable
                    or IntacctFailure.ForbiddenEndpoint
                    or IntacctFailure.Transient
                    or IntacctFailure.Throttled
                    or IntacctFailure.OutcomeUnknown
            ) =>
            [
                login with
                {
                    Name = CheckNames.IntacctEndpoint,
                },
                NotMade(CheckNames.IntacctSender, CheckNames.IntacctEndpoint),
                NotMade(CheckNames.IntacctLogin, CheckNames.IntacctEndpoint),
            ],
            _ => [Reached, SenderAccepted, login],
        };

    private static DoctorCheck Reached { get; } =
        new(CheckNames.IntacctEndpoint, CheckStatus.Passed, "Intacct answers at an allowed address.");

    private static DoctorCheck SenderAccepted { get; } =
        new(CheckNames.IntacctSender, CheckStatus.Passed, "Intacct and the company accept the sender.");

    private static DoctorCheck NotMade(string name, string needs) =>
        new(name, CheckStatus.Skipped, $"Not made: {needs} did not pass.");
}
