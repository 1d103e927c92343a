using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Records;
using Microsoft.AspNetCore.Http.Features;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>
/// The way of each request: keys, limits, faults, route, the work itself, faults after it. Keys are asked for before
/// the route is looked for. [assumed]
/// </summary>
internal sealed class UpflowGateway(
    UpflowSimulatorOptions options,
    TimeProvider clock,
    UpflowOrganization organization,
    MinuteLimiter limiter,
    FaultRules faults,
    RequestJournal journal,
    RequestsUnderWay underWay,
    UpflowCounters counters,
    IReadOnlyList<UpflowRoute> routes
)
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(options.Seed);
    private int _inFlight;

    public async Task HandleAsync(HttpContext context)
    {
        var (request, arrived) = (context.Request, clock.GetUtcNow());
        var path = Path(context);
        var (route, names) = Route(request.Method, path);
        counters.Add("requests");
        counters.Add(route?.Name ?? "unknown route");
        var inFlight = Interlocked.Increment(ref _inFlight);
        counters.Reach("mostAtOnce", inFlight);
        var status = 0;
        try
        {
            var answer = await AnswerAsync(context, route, names, inFlight);
            if (answer is null)
            {
                context.Abort();
                return;
            }
            status = context.Response.StatusCode = answer.Status;
            if (answer.ContentType is null)
                return;
            context.Response.ContentType = answer.ContentType;
            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            journal.Add(
                new JournalEntry(
                    request.Method,
                    request.Path.Value + request.QueryString,
                    route?.Name ?? "unknown route",
                    status,
                    arrived
                )
            );
        }
    }

    /// <summary>The answer; null where the connection is to be cut instead.</summary>
    private async Task<UpflowAnswer?> AnswerAsync(
        HttpContext context,
        UpflowRoute? route,
        IReadOnlyList<string> names,
        int inFlight
    )
    {
        var request = context.Request;
        var isOthers = request.Headers["X-Api-Key"] == options.OtherApiKey;
        var isKnown = isOthers || request.Headers["X-Api-Key"] == options.ApiKey;
        if (!isKnown || request.Headers["X-Api-Secret"] != options.ApiSecret)
            return UpflowAnswer.Error(StatusCodes.Status401Unauthorized, "Invalid API key");
        if (Throttled(context.Response, inFlight) is { } throttled)
            return throttled;
        var body = await UpflowBody.ReadAsync(request, context.RequestAborted);
        var facts = Facts(request, route, names, body.Json);
        await PauseAsync(context, faults.Take([UpflowFaults.Slow], facts)?.Seconds("seconds", 5) ?? Draw());
        if (faults.Take(UpflowFaults.InsteadOfWork, facts) is { } instead)
            return Instead(context.Response, instead);
        if (route is null)
            return UpflowAnswer.Error(StatusCodes.Status404NotFound, "Not Found");
        if (body.Refused is { } refused)
            return UpflowAnswer.Error(StatusCodes.Status400BadRequest, refused);
        if (isOthers)
            return OfOtherOrganization(route);
        var origin = $"{request.Scheme}://{request.Host}";
        var answer = Work(route, new UpflowRequest(origin, names, request.Query, body.Json, body.File));
        if (route.Method != HttpMethods.Get && answer.Status < StatusCodes.Status300MultipleChoices)
            counters.Add("writes");
        return faults.Take(UpflowFaults.AfterWork, facts) is { } after
            ? await AfterAsync(context, answer, after)
            : answer;
    }

    private static UpflowAnswer OfOtherOrganization(UpflowRoute route) =>
        route.Method == HttpMethods.Get && !route.Template.Contains('{', StringComparison.Ordinal)
            ? EmptyList()
            : UpflowAnswer.Error(StatusCodes.Status404NotFound, "Not Found");

    private static UpflowAnswer EmptyList() =>
        UpflowAnswer.Json(new JsonObject { ["items"] = new JsonArray(), ["total"] = 0 });

    private UpflowAnswer Work(UpflowRoute route, UpflowRequest request)
    {
        lock (organization.Gate)
        {
            try
            {
                return route.Handle(request);
            }
            catch (UpflowRefusal refusal)
            {
                return refusal.Answer;
            }
        }
    }

    private UpflowAnswer? Throttled(HttpResponse response, int inFlight)
    {
        limiter.Limit = options.RequestsPerMinute;
        var wait =
            options.RequestsAtOnce > 0 && inFlight > options.RequestsAtOnce ? TimeSpan.FromSeconds(1)
            : options.RequestsPerMinute > 0 && limiter.Take() is var (left, retryAfter) && left < 0 ? retryAfter
            : (TimeSpan?)null;
        if (wait is not { } pause)
            return null;
        counters.Add("throttled");
        return TooMany(response, options.SaysRetryAfter ? pause : null);
    }

    private static UpflowAnswer TooMany(HttpResponse response, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        return UpflowAnswer.Error(StatusCodes.Status429TooManyRequests, "Rate limit exceeded");
    }

    private static UpflowAnswer? Instead(HttpResponse response, FaultRule fault) =>
        fault.Fault switch
        {
            _ when Is(fault, UpflowFaults.EmptyList) => EmptyList(),
            _ when Is(fault, UpflowFaults.Http400) => UpflowAnswer.Error(
                StatusCodes.Status400BadRequest,
                fault.Text("message", "Bad request")
            ),
            _ when Is(fault, UpflowFaults.Http401) => UpflowAnswer.Error(
                StatusCodes.Status401Unauthorized,
                "Invalid API key"
            ),
            _ when Is(fault, UpflowFaults.Http404) => UpflowAnswer.Error(StatusCodes.Status404NotFound, "Not Found"),
            _ when Is(fault, UpflowFaults.Http429) => TooMany(response, fault.Seconds("seconds", 30)),
            _ when Is(fault, UpflowFaults.Http429Bare) => TooMany(response, null),
            _ when Is(fault, UpflowFaults.Http500) => UpflowAnswer.Error(
                StatusCodes.Status500InternalServerError,
                "An internal server error occurred"
            ),
            _ when Is(fault, UpflowFaults.Http503) => UpflowAnswer.ProxyPage(),
            _ => null,
        };

    private async Task<UpflowAnswer?> AfterAsync(HttpContext context, UpflowAnswer answer, FaultRule fault)
    {
        if (Is(fault, UpflowFaults.Http503After))
            return UpflowAnswer.ProxyPage();
        if (Is(fault, UpflowFaults.TruncatedAnswer))
            return answer with { Body = answer.Body[..(answer.Body.Length / 2)] };
        if (Is(fault, UpflowFaults.LostAnswer))
            await underWay.UntilGivenUpAsync(context);
        return null;
    }

    /// <summary>
    /// The segments of the path as the caller wrote it, each decoded by itself, so that an id may carry a slash.
    /// </summary>
    private static string[] Path(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path.Value ?? "/";
        return [.. raw.Split('?')[0].Split('/').Select(Uri.UnescapeDataString)];
    }

    private (UpflowRoute? Route, IReadOnlyList<string> Names) Route(string method, string[] path)
    {
        foreach (var route in routes)
            if (route.Match(method, path) is { } names)
                return (route, names);
        return (null, []);
    }

    private static List<KeyValuePair<string, string>> Facts(
        HttpRequest request,
        UpflowRoute? route,
        IReadOnlyList<string> names,
        JsonNode? body
    )
    {
        List<KeyValuePair<string, string>> facts =
        [
            new("method", request.Method),
            new("path", request.Path.Value ?? "/"),
            new("route", route?.Name ?? ""),
            new("object", route?.Object ?? ""),
        ];
        facts.AddRange(names.Select(n => KeyValuePair.Create("externalId", n.Replace("external:", "", Ordinal))));
        if (body is JsonObject { } given && given["externalId"] is JsonValue { } id && Is(id, JsonValueKind.String))
            facts.Add(new("externalId", id.GetValue<string>()));
        return facts;
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static bool Is(JsonValue value, JsonValueKind kind) => value.GetValueKind() == kind;

    private TimeSpan Draw()
    {
        lock (_drawing)
            return options.Latency.Next(_random);
    }

    private Task PauseAsync(HttpContext context, TimeSpan pause) =>
        underWay.PauseAsync(context, pause, clock, context.RequestAborted);

    private static bool Is(FaultRule fault, string name) =>
        fault.Fault.Equals(name, StringComparison.OrdinalIgnoreCase);
}
