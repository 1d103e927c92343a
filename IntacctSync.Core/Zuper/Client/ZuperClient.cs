using System.Net.Http.Headers;
using System.Text;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// Speaks to Zuper's REST API (developers.zuper.co). Every failure is a <see cref="ZuperException"/>. What only reads
/// is sent again when its answer is lost (<see cref="RemotePipelines"/>); nothing else ever is.
/// </summary>
public sealed partial class ZuperClient(
    IHttpClientFactory http,
    IOptions<ZuperOptions> options,
    RequestBudgets budgets,
    RemotePipelines pipelines,
    TimeProvider time,
    ILogger<ZuperClient> logger
)
{
    internal const string HttpClientName = "zuper";

    /// <summary>The greatest answer that is read; a page of a thousand records is a few megabytes.</summary>
    internal const int MaxBodyBytes = 16 * 1024 * 1024;

    private readonly RemoteExchange _exchange = new(
        http,
        pipelines,
        HttpClientName,
        options.Value.Hosts,
        MaxBodyBytes,
        time
    );

    /// <summary>Every request goes through here.</summary>
    private Task<ZuperAnswer> SendAsync(ZuperCall call, CancellationToken cancellationToken) =>
        call.Writes
            ? MeasuredAsync(call, cancellationToken)
            : LimitPause.ReadAsync(() => MeasuredAsync(call, cancellationToken), cancellationToken);

    /// <summary>What the answer means, with its log and its trace.</summary>
    private async Task<ZuperAnswer> MeasuredAsync(ZuperCall call, CancellationToken cancellationToken)
    {
        using var activity = ZuperTrace.Start(call);
        var started = time.GetTimestamp();
        try
        {
            var answer = await ExchangeAsync(call, cancellationToken);
            activity?.SetTag("http.response.status_code", (int)answer.Status);
            ZuperTrace.Measure(call, time.GetElapsedTime(started), "answered");
            LogAnswered(call.Method, call.Route, (int)answer.Status, time.GetElapsedTime(started).TotalMilliseconds);
            return answer;
        }
        catch (ZuperException e)
        {
            if (e.Status is { } status)
                activity?.SetTag("http.response.status_code", (int)status);
            ZuperTrace.Fail(activity, e);
            ZuperTrace.Measure(call, time.GetElapsedTime(started), e.Failure.ToString());
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

    private async Task<ZuperAnswer> ExchangeAsync(ZuperCall call, CancellationToken cancellationToken)
    {
        var account = call.Account?.BudgetKey ?? call.Address.GetLeftPart(UriPartial.Authority);
        var effect = call.Writes ? CallEffect.Writes : CallEffect.Reads;
        var remote = new RemoteCall("zuper", account, effect, call.Address, options.Value.Timeout)
        {
            Budget = call.Account is null ? null : budgets.For(account),
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

    private static async Task<ZuperAnswer> ReadAsync(
        ZuperCall call,
        RemoteAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var body = await BoundedBody.ReadAsync(answer.Body, MaxBodyBytes, cancellationToken);
        var read = ZuperAnswer.Of(answer.Response.StatusCode, body.Span, call.Account?.ApiKey);
        return ZuperErrors.Classify(read, call.Writes) is { } failure
            ? throw Failed(call, failure, read, answer)
            : read;
    }

    private static HttpRequestMessage Request(ZuperCall call)
    {
        var request = new HttpRequestMessage(call.Method, call.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (call.Account is { } account)
        {
            GuardKey(account.ApiKey);
            request.Headers.Add("x-api-key", account.ApiKey);
        }

        if (call.Body is { } body)
            request.Content = new RequestBody(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");
        return request;
    }

    private void GuardAddress(Uri address)
    {
        if (options.Value.Hosts.Objection(address) is { } objection)
            throw Forbidden(objection);
    }

    private static ZuperException Forbidden(string objection) =>
        new(ZuperFailure.ForbiddenHost, $"{objection} The list is {ZuperOptions.AllowedHostsKey}.");

    /// <summary>A key that can't travel in a header would end in an error that shows it.</summary>
    private static void GuardKey(string key)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ZuperException(
                ZuperFailure.KeyRejected,
                "The Zuper API key is empty or has characters that no HTTP header can carry. Copy zuper.apiKey "
                    + "again from Zuper: Settings, Account Settings, API Keys."
            );
    }

    private static ZuperException Failed(ZuperCall call, ZuperFailure failure, ZuperAnswer read, RemoteAnswer answer)
    {
        var limited = failure == ZuperFailure.Throttled;
        var pause = limited || (failure == ZuperFailure.Transient && answer.RetryAfter is not null);
        return new ZuperException(failure, ZuperErrors.Message(failure, call, read))
        {
            Status = read.Status,
            Said = read.Excerpt,
            RetryAfter = pause ? answer.Pause(limited) : null,
            OutcomeUnknown = ZuperErrors.LeavesDoubt(failure, read.Status, call.Writes),
        };
    }

    private static ZuperException Told(ZuperCall call, ExchangeException e) =>
        e.Fault switch
        {
            ExchangeFault.ForbiddenHost => Forbidden(e.Message),
            ExchangeFault.NotAdmitted => new ZuperException(
                ZuperFailure.Throttled,
                $"Nothing was sent to Zuper: {e.Message}.",
                e
            )
            {
                RetryAfter = e.RetryAfter,
            },
            ExchangeFault.TooLong => TooLarge(call, e),
            _ => NoAnswer(call, e),
        };

    private static ZuperException NoAnswer(ZuperCall call, ExchangeException e)
    {
        var doubt = e.Fault == ExchangeFault.NoAnswer && call.Writes;
        var outcome = doubt
            ? "It may have been carried out; whether it was must be looked up before it is sent again."
            : "It is tried again.";
        return new ZuperException(
            doubt ? ZuperFailure.OutcomeUnknown : ZuperFailure.Unreachable,
            $"{call.Address.GetLeftPart(UriPartial.Authority)} gave no answer to {call.Told}: "
                + $"{e.Message.TrimEnd('.')}. {outcome}",
            e
        )
        {
            OutcomeUnknown = doubt,
        };
    }

    private static ZuperException TooLarge(ZuperCall call, ExchangeException e) =>
        new(
            call.Writes ? ZuperFailure.Unreadable : ZuperFailure.TooLarge,
            $"Zuper's answer to {call.Told} is too large. {e.Message}",
            e
        )
        {
            Status = e.Status,
            OutcomeUnknown = ZuperErrors.LeavesDoubt(ZuperFailure.Unreadable, e.Status, call.Writes),
        };

    [LoggerMessage(
        EventId = 3001,
        Level = LogLevel.Debug,
        Message = "Zuper {Method} {Route} answered {Status} in {Milliseconds} ms."
    )]
    private partial void LogAnswered(HttpMethod method, string route, int status, double milliseconds);

    [LoggerMessage(
        EventId = 3002,
        Level = LogLevel.Warning,
        Message = "Zuper {Method} {Route} failed ({Failure}, status {Status}) after {Milliseconds} ms"
    )]
    private partial void LogFailed(
        HttpMethod method,
        string route,
        ZuperFailure failure,
        double milliseconds,
        int? status
    );
}
