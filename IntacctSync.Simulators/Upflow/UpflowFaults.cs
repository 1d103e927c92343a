namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// The faults that the simulator of Upflow can inject. They match on <c>method</c>, <c>path</c>, <c>route</c> (such as
/// <c>POST /v1/invoices/{id}/pdf</c>), <c>object</c> (such as <c>invoices</c>) and <c>externalId</c>, that of the body
/// or of an <c>external:</c> path.
/// </summary>
public static class UpflowFaults
{
    /// <summary>A list is answered as if nothing were in it.</summary>
    public const string EmptyList = "emptyList";

    /// <summary>400 with the rule's <c>message</c>.</summary>
    public const string Http400 = "http400";

    /// <summary>401, as for keys that were taken back.</summary>
    public const string Http401 = "http401";

    /// <summary>404, as for a record that is not there.</summary>
    public const string Http404 = "http404";

    /// <summary>429 with <c>Retry-After</c>: <c>seconds</c>, 30 where the rule says nothing.</summary>
    public const string Http429 = "http429";

    /// <summary>429 that does not say when to come again.</summary>
    public const string Http429Bare = "http429Bare";

    /// <summary>500 with the error body.</summary>
    public const string Http500 = "http500";

    /// <summary>503 with an HTML page.</summary>
    public const string Http503 = "http503";

    /// <summary>The connection is cut before anything was done.</summary>
    public const string ResetBefore = "resetBefore";

    /// <summary>The answer comes <c>seconds</c> (5) late.</summary>
    public const string Slow = "slow";

    /// <summary>Done, and then the connection is cut.</summary>
    public const string ResetAfter = "resetAfter";

    /// <summary>Done, and then no answer ever comes.</summary>
    public const string LostAnswer = "lostAnswer";

    /// <summary>Done, and then a 503 with an HTML page.</summary>
    public const string Http503After = "http503After";

    /// <summary>Done, and then half of the answer, which is no JSON.</summary>
    public const string TruncatedAnswer = "truncatedAnswer";

    internal static readonly IReadOnlyList<string> InsteadOfWork =
    [
        EmptyList,
        Http400,
        Http401,
        Http404,
        Http429,
        Http429Bare,
        Http500,
        Http503,
        ResetBefore,
    ];

    internal static readonly IReadOnlyList<string> AfterWork = [ResetAfter, LostAnswer, Http503After, TruncatedAnswer];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. InsteadOfWork, Slow, .. AfterWork];
}
