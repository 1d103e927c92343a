namespace IntacctSync.Simulators.Zuper;

/// <summary>
/// The faults that the simulator of Zuper can inject. Those of requests match on <c>method</c>, <c>path</c>,
/// <c>route</c> (such as <c>/api/organization/{uid}</c>), <c>module</c> and <c>uid</c>; those of webhooks on
/// <c>event</c>, <c>module</c>, <c>uid</c> and <c>url</c>.
/// </summary>
public static class ZuperFaults
{
    /// <summary>401 with the error envelope.</summary>
    public const string Http401 = "http401";

    /// <summary>403 with the error envelope, as for a right that the key's user lacks.</summary>
    public const string Http403 = "http403";

    /// <summary>404 with the error envelope, as for a uid that is not known, or not yet.</summary>
    public const string Http404 = "http404";

    /// <summary>200 with the error envelope.</summary>
    public const string ErrorBody = "errorBody";

    /// <summary>429 with <c>Retry-After</c>: <c>seconds</c>, 30 where the rule says nothing.</summary>
    public const string Http429 = "http429";

    /// <summary>500 with the error envelope.</summary>
    public const string Http500 = "http500";

    /// <summary>503 with an HTML page.</summary>
    public const string Http503 = "http503";

    /// <summary>529 with an HTML page, another way of being throttled.</summary>
    public const string Http529 = "http529";

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

    /// <summary>A webhook is delivered twice.</summary>
    public const string WebhookDuplicate = "webhookDuplicate";

    /// <summary>A webhook's first delivery comes <c>seconds</c> (60) late.</summary>
    public const string WebhookDelay = "webhookDelay";

    /// <summary>A webhook's first delivery waits until the next one was made, at most <c>seconds</c> (5).</summary>
    public const string WebhookReorder = "webhookReorder";

    /// <summary>A webhook is never delivered.</summary>
    public const string WebhookDrop = "webhookDrop";

    /// <summary>A webhook's body is no JSON: Python's way of writing a value slipped in.</summary>
    public const string WebhookMalformed = "webhookMalformed";

    internal static readonly IReadOnlyList<string> InsteadOfWork =
    [
        Http401,
        Http403,
        Http404,
        ErrorBody,
        Http429,
        Http500,
        Http503,
        Http529,
        ResetBefore,
    ];

    internal static readonly IReadOnlyList<string> AfterWork = [ResetAfter, LostAnswer, Http503After, TruncatedAnswer];

    internal static readonly IReadOnlyList<string> OfWebhooks =
    [
        WebhookDrop,
        WebhookMalformed,
        WebhookDelay,
        WebhookReorder,
        WebhookDuplicate,
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. InsteadOfWork, Slow, .. AfterWork, .. OfWebhooks];
}
