using System.Globalization;
using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Whether the clock of this machine goes with Intacct's, which a sign-in tells (<c>sessiontimestamp</c>,
/// developer.intacct.com, Web Services, Responses). Times of change are held against this machine's: a clock that is
/// ahead for good would have changes left out, and nothing else would tell. Pure.
/// </summary>
internal static class ClockCheck
{
    /// <summary>More than a sign-in takes, and less than sweeps overlap.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <param name="theirs">When Intacct let us in, by its clock; null where it did not say.</param>
    /// <param name="ours">The same by the clock of this machine.</param>
    /// <exception cref="CheckFailedException">They are more than two minutes apart.</exception>
    public static Finding Look(DateTimeOffset? theirs, DateTimeOffset ours)
    {
        if (theirs is not { } at)
            return Finding.CannotTell("Intacct did not say what time it is.");
        var ahead = ours - at;
        if (ahead.Duration() <= Most)
            return Finding.Passed("The clock of this machine goes with Intacct's.");
        throw new CheckFailedException(
            $"The clock of this machine says {Text(ours)}, and Intacct's {Text(at)}: it is "
                + (ahead > TimeSpan.Zero ? "ahead." : "behind."),
            "Have a time server keep the clock of this machine, then look again."
        );
    }

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
