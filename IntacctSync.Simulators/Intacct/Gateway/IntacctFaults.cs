namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>
/// The faults that can be injected, by the moment they are injected at. Matches: <c>company</c>, <c>user</c>,
/// <c>sender</c>, <c>entity</c>, <c>function</c>, <c>object</c>, <c>controlid</c>; those of a request hold where one of
/// its functions has the value.
/// </summary>
public static class IntacctFaults
{
    /// <summary>429 with GW-0010; <c>retryAfter</c> (seconds) adds the header.</summary>
    public const string TooManyRequests = "http429";

    /// <summary>502 with an HTML page.</summary>
    public const string BadGateway = "http502";

    /// <summary>503 with an HTML page; <c>retryAfter</c> as above.</summary>
    public const string Unavailable = "http503";

    /// <summary>520 with a Cloudflare page that holds <c>cf-error-details</c>.</summary>
    public const string Cloudflare = "cloudflare";

    /// <summary>400 with GW-0011 and a bare control block.</summary>
    public const string InvalidRequest = "gw0011";

    /// <summary>401 with XMLGW_JPP0002 and a bare control block.</summary>
    public const string GatewaySignIn = "jpp0002";

    /// <summary>The connection is reset and nothing was done.</summary>
    public const string ResetBefore = "resetBefore";

    /// <summary>Waits <c>seconds</c> (900 unless told), then does what was asked.</summary>
    public const string Slow = "slow";

    /// <summary>Control failure: sender id or password is wrong.</summary>
    public const string SenderRefused = "senderRefused";

    /// <summary>The sender is not on the company's authorisation list.</summary>
    public const string SenderUnauthorised = "senderUnauthorised";

    /// <summary>The sign-in is refused as with a wrong password.</summary>
    public const string WrongPassword = "wrongPassword";

    /// <summary>A login is answered with the name of another company.</summary>
    public const string OtherCompany = "otherCompany";

    /// <summary>The session of this request has just expired.</summary>
    public const string SessionExpired = "sessionExpired";

    /// <summary>A function is answered with DL02000001 and not carried out.</summary>
    public const string Transient = "dl02000001";

    /// <summary>
    /// A function is answered with <c>errorno</c>, <c>description2</c>, <c>correction</c> and not carried out.
    /// </summary>
    public const string FunctionError = "functionError";

    /// <summary>A function is answered as <c>aborted</c> and not carried out.</summary>
    public const string Aborted = "aborted";

    /// <summary>A function is carried out, but its result has no status.</summary>
    public const string ResultWithoutStatus = "resultWithoutStatus";

    /// <summary>The texts of a function's errors end with a support id.</summary>
    public const string SupportIds = "supportIds";

    /// <summary>524 with a Cloudflare page, after everything was done.</summary>
    public const string TimeoutAfter = "http524";

    /// <summary>502 with an HTML page, after everything was done.</summary>
    public const string BadGatewayAfter = "http502After";

    /// <summary>The connection is reset after everything was done.</summary>
    public const string ResetAfter = "resetAfter";

    /// <summary>Half of the answer, after everything was done.</summary>
    public const string Truncated = "truncated";

    /// <summary>Everything is done at once, the answer comes after <c>seconds</c> (900 unless told).</summary>
    public const string SlowAfter = "slowAfter";

    /// <summary>
    /// The request is answered; then its session is dead, so that the next request of the batch meets an invalid one.
    /// </summary>
    public const string SessionEnds = "sessionEnds";

    internal static readonly string[] Before =
    [
        TooManyRequests,
        BadGateway,
        Unavailable,
        Cloudflare,
        InvalidRequest,
        GatewaySignIn,
        ResetBefore,
        Slow,
    ];

    internal static readonly string[] Function = [Transient, FunctionError, Aborted, ResultWithoutStatus, SupportIds];

    internal static readonly string[] After =
    [
        TimeoutAfter,
        BadGatewayAfter,
        ResetAfter,
        Truncated,
        SlowAfter,
        SessionEnds,
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Before, SenderRefused, SenderUnauthorised, WrongPassword, OtherCompany, SessionExpired, .. Function, .. After];
}
