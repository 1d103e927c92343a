using System.Globalization;

namespace IntacctSync.Core.Remote;

/// <summary>
/// What an answer's headers say of the account's budget: <c>X-Rate-Limit</c>, <c>X-Rate-Limit-Remaining</c>,
/// <c>Retry-After</c>.
/// </summary>
internal sealed record AnsweredRate(long? Limit, long? Remaining, TimeSpan? RetryAfter)
{
    /// <summary>
    /// The longest pause that is kept; the next refusal may ask for more. So a wrong header can't stop an account for
    /// days.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public static AnsweredRate Read(HttpResponseMessage response, DateTimeOffset now) =>
        new(Whole(response, "X-Rate-Limit"), Whole(response, "X-Rate-Limit-Remaining"), Pause(response, now));

    private static long? Whole(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.First().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static TimeSpan? Pause(HttpResponseMessage response, DateTimeOffset now)
    {
        var pause = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return pause switch
        {
            null => null,
            { } p when p < TimeSpan.Zero => TimeSpan.Zero,
            { } p when p > LongestPause => LongestPause,
            _ => pause,
        };
    }
}

/// <summary>What an answer means for the budget of its account.</summary>
internal enum RateVerdict
{
    /// <summary>Nothing: the call failed for another reason.</summary>
    None,

    /// <summary>The call was granted.</summary>
    Granted,

    /// <summary>The call was refused for the account's rate.</summary>
    Limited,
}
