using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// The way of each request: route, key, limiter, faults, the work itself, faults after it. Unknown routes are answered
/// by Express before anybody asks for a key. [assumed]
/// </summary>
internal sealed class ZuperGateway(
    ZuperSimulatorOptions options,
    TimeProvider clock,
    ZuperCompany company,
    MinuteLimiter limiter,
    FaultRules faults,
    RequestJournal journal,
    RequestsUnderWay underWay,
    ZuperCounters counters,
    IReadOnlyList<ZuperRoute> routes
)
{
    private static readonly JsonDocumentOptions AsExpressReads = new() { MaxDepth = 64 };
    private readonly Lock _drawing = new();
    private readonly Random _random = new(options.Seed);

    public Latency Latency { get; set; } = Latency.None;

    public async Task HandleAsync(HttpContext context)
    {
        var (request, arrived) = (context.Request, clock.GetUtcNow());
        var path = request.Path.Value ?? "/";
        var route = Route(request.Method, path, out var uid);
        counters.Add("requests");
        counters.Add(route?.Name ?? "unknown route");
        var status = 0;
        try
        {
            var answer = await AnswerAsync(context, route, uid, path);
            if (answer is null)
            {
                context.Abort();
                return;
            }
            status = answer.Status;
            context.Response.StatusCode = status;
            context.Response.ContentType = answer.ContentType;
            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
        }
        finally
        {
            journal.Add(
                new JournalEntry(
                    request.Method,
                    path + request.QueryString,
                    route?.Name ?? "unknown route",
                    status,
                    arrived
                )
            );
        }
    }

    /// <summary>The answer; null where the connection is to be cut instead.</summary>
    private async Task<ZuperAnswer?> AnswerAsync(HttpContext context, ZuperRoute? route, string uid, string path)
    {
        var facts = Facts(context.Request, route, uid, path);
        await PauseAsync(context, faults.Take([ZuperFaults.Slow], facts)?.Seconds("seconds", 5) ?? Draw());
        if (route is null)
            return ZuperAnswer.ExpressPage(StatusCodes.Status404NotFound, $"Cannot {context.Request.Method} {path}");
        var isOthers = route.NeedsKey && context.Request.Headers["x-api-key"] == options.OtherApiKey;
        if (route.NeedsKey && !isOthers && context.Request.Headers["x-api-key"] != options.ApiKey)
            return ZuperAnswer.Error(StatusCodes.Status401Unauthorized, "Unauthorized", "Invalid API Key");
        if (route.NeedsKey && Throttled(context.Response) is { } throttled)
            return throttled;
        if (faults.Take(ZuperFaults.InsteadOfWork, facts) is { } instead)
            return Instead(context.Response, instead, route);
        if (isOthers)
            return AccountRoutes.OfOtherAccount(route);
        if (context.Request.Query.ContainsKey("filter.keyword"))
            await PauseAsync(context, options.KeywordPause);
        var body = await BodyAsync(context.Request, context.RequestAborted);
        if (body.Refused is { } unreadable)
            return unreadable;
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        var answer = Work(route, new ZuperRequest(origin, uid, context.Request.Query, body.Json));
        return faults.Take(ZuperFaults.AfterWork, facts) is { } after
            ? await AfterAsync(context, answer, after)
            : answer;
    }

    private ZuperAnswer Work(ZuperRoute route, ZuperRequest request)
    {
        lock (company.Gate)
        {
            try
            {
                return route.Handle(request);
            }
            catch (ZuperRefusal refusal)
            {
                return refusal.Answer;
            }
        }
    }

    private ZuperAnswer? Throttled(HttpResponse response)
    {
        if (limiter.Limit == 0)
            return null;
        var (remaining, retryAfter) = limiter.Take();
        response.Headers["X-Rate-Limit"] = limiter.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Rate-Limit-Remaining"] = Math.Max(remaining, 0).ToString(CultureInfo.InvariantCulture);
        if (remaining >= 0)
            return null;
        counters.Add("throttled");
        return TooMany(response, retryAfter);
    }

    private static ZuperAnswer TooMany(HttpResponse response, TimeSpan retryAfter)
    {
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        return ZuperAnswer.Error(StatusCodes.Status429TooManyRequests, "Too Many Requests", "API rate limit exceeded");
    }

    private static ZuperAnswer? Instead(HttpResponse response, FaultRule fault, ZuperRoute route) =>
        fault.Fault switch
        {
            _ when Is(fault, ZuperFaults.Http401) => ZuperAnswer.Error(
                StatusCodes.Status401Unauthorized,
                "Unauthorized",
                "Invalid API Key"
            ),
            _ when Is(fault, ZuperFaults.Http403) => ZuperAnswer.Error(
                StatusCodes.Status403Forbidden,
                "Forbidden",
                "You do not have permission"
            ),
            _ when Is(fault, ZuperFaults.Http404) => AccountRoutes.NotFound(route),
            _ when Is(fault, ZuperFaults.ErrorBody) => ZuperAnswer.Error(
                StatusCodes.Status200OK,
                "Error",
                "Something went wrong"
            ),
            _ when Is(fault, ZuperFaults.Http429) => TooMany(response, fault.Seconds("seconds", 30)),
            _ when Is(fault, ZuperFaults.Http500) => ZuperAnswer.Error(
                StatusCodes.Status500InternalServerError,
                "Internal Server Error",
                "Something went wrong",
                new JsonObject()
            ),
            _ when Is(fault, ZuperFaults.Http503) => ZuperAnswer.ProxyPage(
                StatusCodes.Status503ServiceUnavailable,
                "Service Temporarily Unavailable"
            ),
            _ when Is(fault, ZuperFaults.Http529) => ZuperAnswer.ProxyPage(529, "Site is overloaded"),
            _ => null,
        };

    private async Task<ZuperAnswer?> AfterAsync(HttpContext context, ZuperAnswer answer, FaultRule fault)
    {
        if (Is(fault, ZuperFaults.Http503After))
            return ZuperAnswer.ProxyPage(StatusCodes.Status503ServiceUnavailable, "Service Temporarily Unavailable");
        if (Is(fault, ZuperFaults.TruncatedAnswer))
            return answer with { Body = answer.Body[..(answer.Body.Length / 2)] };
        if (Is(fault, ZuperFaults.LostAnswer))
            await underWay.UntilGivenUpAsync(context);
        return null;
    }

    private static async Task<(JsonNode? Json, ZuperAnswer? Refused)> BodyAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Length == 0)
            return (null, null);
        // Express leaves a body alone that does not say it is JSON, and the work then finds nothing in it.
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return (null, null);
        try
        {
            return (JsonNode.Parse(text, documentOptions: AsExpressReads), null);
        }
        catch (JsonException e)
        {
            return (null, ZuperAnswer.ExpressPage(StatusCodes.Status400BadRequest, $"SyntaxError: {e.Message}"));
        }
    }

    private ZuperRoute? Route(string method, string path, out string uid)
    {
        var segments = path.Split('/');
        foreach (var route in routes)
            if (route.Matches(method, segments, out uid))
                return route;
        uid = "";
        return null;
    }

    private static List<KeyValuePair<string, string>> Facts(
        HttpRequest request,
        ZuperRoute? route,
        string uid,
        string path
    ) =>
        [
            new("method", request.Method),
            new("path", path),
            new("route", route?.Template ?? ""),
            new("module", route?.Module?.Name ?? ""),
            new("uid", uid),
        ];

    private TimeSpan Draw()
    {
        lock (_drawing)
            return Latency.Next(_random);
    }

    private Task PauseAsync(HttpContext context, TimeSpan pause) =>
        underWay.PauseAsync(context, pause, clock, context.RequestAborted);

    private static bool Is(FaultRule fault, string name) =>
        fault.Fault.Equals(name, StringComparison.OrdinalIgnoreCase);
}
