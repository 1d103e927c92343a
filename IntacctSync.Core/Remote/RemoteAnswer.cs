namespace IntacctSync.Core.Remote;

/// <summary>An answer whose headers have come; its body is still to be read.</summary>
internal sealed class RemoteAnswer(
    HttpResponseMessage response,
    Stream body,
    AnsweredRate rate,
    RemoteCall call,
    RequestPermit? permit
)
{
    private bool _told;

    /// <summary>Status and headers.</summary>
    public HttpResponseMessage Response { get; } = response;

    /// <summary>Ends with the call's time-out, and after the most bytes that are read.</summary>
    public Stream Body { get; } = body;

    /// <summary>How long the headers ask to wait, when they do; at most 15 minutes.</summary>
    public TimeSpan? RetryAfter => rate.RetryAfter;

    /// <summary>
    /// Notes that the remote asks for a pause; to be called when the body is read. Until the pause is over, no call to
    /// this account is made.
    /// </summary>
    /// <param name="limited">Whether it refused the call for the account's rate.</param>
    /// <returns>How long the caller should wait: until the pause is over and it is its turn.</returns>
    public TimeSpan? Pause(bool limited)
    {
        Learn(limited ? RateVerdict.Limited : RateVerdict.None);
        return call.Budget is { } budget ? budget.Pause(RetryAfter, call.Priority) : RetryAfter;
    }

    /// <summary>Tells the budget what the answer means for it, once.</summary>
    public void Learn(RateVerdict verdict)
    {
        if (_told)
            return;
        _told = true;
        permit?.Dispose();
        call.Budget?.Learn(rate, verdict);
    }
}
