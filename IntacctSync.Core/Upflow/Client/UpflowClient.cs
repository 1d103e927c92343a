using System.Net.Http.Headers;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>
/// Speaks to Upflow's REST API. Every failure is an <see cref="UpflowException"/>. What only reads is sent again when
/// its answer is lost (<see cref="RemotePipelines"/>); what writes is sent once, and its caller settles it.
/// </summary>
public sealed partial class UpflowClient(
    IHttpClientFactory http,
    IOptions<UpflowOptions> options,
    RequestBudgets budgets,
    RemotePipelines pipelines,
    TimeProvider time,
    ILogger<UpflowClient> logger
)
{
    internal const string HttpClientName = "upflow";

    /// <summary>The most requests at the same time. Upflow allows ten and advises five.</summary>
    public const int MostAtOnce = 5;

    /// <summary>The greatest answer that is read; a page of five hundred records is about a megabyte.</summary>
    internal const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>
    /// 600 requests a minute and 10 at once for an organisation (docs.upflow.io, Integrating with the Upflow API). One
    /// of the five that we use is left to changes that were just made.
    /// </summary>
    private static readonly RequestLimits Limits = new(600, MostAtOnce, MostAtOnce - 1);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly UpflowTurns _turns = new();

    private readonly RemoteExchange _exchange = new(
        http,
        pipelines,
        HttpClientName,
        options.Value.Hosts,
        MaxBodyBytes,
        time
    );

    /// <summary>How long it takes until more bulk work may be sent than what waits already; zero for now.</summary>
    internal TimeSpan BulkWait(UpflowAccount account) =>
        budgets.For(account.BudgetKey, Limits).FreeIn(RequestPriority.Bulk);

    /// <summary>Every request goes through here.</summary>
    private Task<UpflowAnswer> SendAsync(UpflowCall call, CancellationToken cancellationToken) =>
        call.Writes
            ? InTurnAsync(call, cancellationToken)
            : LimitPause.ReadAsync(() => InTurnAsync(call, cancellationToken), cancellationToken);

    /// <summary>One at a time per customer.</summary>
    private Task<UpflowAnswer> InTurnAsync(UpflowCall call, CancellationToken cancellationToken) =>
        call.Customer is { } customer
            ? _turns.RunAsync(
                $"{call.Account.BudgetKey} {customer}",
                () => MeasuredAsync(call, cancellationToken),
                cancellationToken
            )
            : MeasuredAsync(call, cancellationToken);

    /// <summary>With its log and its trace.</summary>
    private async Task<UpflowAnswer> MeasuredAsync(UpflowCall call, CancellationToken cancellationToken)
    {
        using var activity = UpflowTrace.Start(call);
        var started = time.GetTimestamp();
        try
        {
            var answer = await ExchangeAsync(call, cancellationToken);
            activity?.SetTag("http.response.status_code", (int)answer.Status);
            UpflowTrace.Measure(call, time.GetElapsedTime(started), "answered");
            LogAnswered(call.Method, call.Route, (int)answer.Status, time.GetElapsedTime(started).TotalMilliseconds);
            return answer;
        }
        catch (UpflowException e)
        {
            if (e.Status is { } status)
                activity?.SetTag("http.response.status_code", (int)status);
            UpflowTrace.Fail(activity, e);
            UpflowTrace.Measure(call, time.GetElapsedTime(started), e.Failure.ToString());
            LogFailed(
                call.Method,
                call.Route,
                e.Failure,
                time.GetElapsedTime(started).TotalMilliseconds,
                (int?)e.Status
            );
            throw;
        }
    }

    private async Task<UpflowAnswer> ExchangeAsync(UpflowCall call, CancellationToken cancellationToken)
    {
        var account = call.Account.BudgetKey;
        var effect = call.Writes ? CallEffect.Writes : CallEffect.Reads;
        var remote = new RemoteCall("upflow", account, effect, call.Address, Timeout)
        {
            Budget = budgets.For(account, Limits),
            Priority = call.Priority,
        };
        try
        {
            return await _exchange.SendAsync(
                remote,
                () => Request(call),
                (answer, token) => ReadAsync(call, answer, token),
                cancellationToken
            );
        }
        catch (ExchangeException e)
        {
            throw Told(call, e);
        }
    }

    private static async Task<UpflowAnswer> ReadAsync(
        UpflowCall call,
        RemoteAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var body = await BoundedBody.ReadAsync(answer.Body, MaxBodyBytes, cancellationToken);
        var read = UpflowAnswer.Of(answer.Response.StatusCode, body.Span, call.Account);
        return UpflowErrors.Classify(read) is { } failure ? throw Failed(call, failure, read, answer) : read;
    }

    private static HttpRequestMessage Request(UpflowCall call)
    {
        GuardKey(call.Account.ApiKey, "upflow.apiKey");
        GuardKey(call.Account.ApiSecret, "upflow.apiSecret");
        var request = new HttpRequestMessage(call.Method, call.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add("X-Api-Key", call.Account.ApiKey);
        request.Headers.Add("X-Api-Secret", call.Account.ApiSecret);
        if (call.Body is { } body)
            request.Content = new RequestBody(body, "application/json");
        return request;
    }

    /// <summary>A key that can't travel in a header would end in an error that shows it.</summary>
    private static void GuardKey(string key, string field)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new UpflowException(
                UpflowFailure.KeyRejected,
                $"{field} is empty or has characters that no HTTP header can carry. Copy it again from Upflow: "
                    + "Settings, API."
            );
    }

    private static UpflowException Forbidden(string objection) =>
        new(UpflowFailure.ForbiddenHost, $"{objection} The list is Apps:AllowedHosts.");

    private static UpflowException Failed(
        UpflowCall call,
        UpflowFailure failure,
        UpflowAnswer read,
        RemoteAnswer answer
    )
    {
        var limited = failure == UpflowFailure.Throttled;
        var pause = limited || (failure == UpflowFailure.Transient && answer.RetryAfter is not null);
        return new UpflowException(failure, UpflowErrors.Message(failure, call, read))
        {
            Status = read.Status,
            Said = read.Excerpt,
            RetryAfter = pause ? answer.Pause(limited) : null,
            OutcomeUnknown = UpflowErrors.LeavesDoubt(failure, read.Status, call.Writes),
        };
    }

    private static UpflowException Told(UpflowCall call, ExchangeException e) =>
        e.Fault switch
        {
            ExchangeFault.ForbiddenHost => Forbidden(e.Message),
            ExchangeFault.NotAdmitted => new UpflowException(
                UpflowFailure.Throttled,
                $"Nothing was sent to Upflow: {e.Message}.",
                e
            )
            {
                RetryAfter = e.RetryAfter,
            },
            ExchangeFault.TooLong => TooLarge(call, e),
            _ => NoAnswer(call, e),
        };

    private static UpflowException NoAnswer(UpflowCall call, ExchangeException e)
    {
        var doubt = e.Fault == ExchangeFault.NoAnswer && call.Writes;
        var outcome = doubt ? "It may have been carried out." : "It is tried again.";
        return new UpflowException(
            doubt ? UpflowFailure.OutcomeUnknown : UpflowFailure.Unreachable,
            $"{call.Address.GetLeftPart(UriPartial.Authority)} gave no answer to {call.Told}: "
                + $"{e.Message.TrimEnd('.')}. {outcome}",
            e
        )
        {
            OutcomeUnknown = doubt,
        };
    }

    private static UpflowException TooLarge(UpflowCall call, ExchangeException e) =>
        new(
            call.Writes ? UpflowFailure.Unreadable : UpflowFailure.TooLarge,
            $"Upflow's answer to {call.Told} is too large. {e.Message}",
            e
        )
        {
            Status = e.Status,
            OutcomeUnknown = UpflowErrors.LeavesDoubt(UpflowFailure.Unreadable, e.Status, call.Writes),
        };

    [LoggerMessage(
        EventId = 3201,
        Level = LogLevel.Debug,
        Message = "Upflow {Method} {Route} answered {Status} in {Milliseconds} ms."
    )]
    private partial void LogAnswered(HttpMethod method, string route, int status, double milliseconds);

    [LoggerMessage(
        EventId = 3202,
        Level = LogLevel.Warning,
        Message = "Upflow {Method} {Route} failed ({Failure}, status {Status}) after {Milliseconds} ms"
    )]
    private partial void LogFailed(
        HttpMethod method,
        string route,
        UpflowFailure failure,
        double milliseconds,
        int? status
    );
}
