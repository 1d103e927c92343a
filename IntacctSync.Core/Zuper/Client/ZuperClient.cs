using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// Speaks to Zuper's REST API (developers.zuper.co). Every failure is a <see cref="ZuperException"/>; nothing is
/// retried here.
/// </summary>
public sealed partial class ZuperClient(
    IHttpClientFactory http,
    IOptions<ZuperOptions> options,
    RequestBudgets budgets,
    TimeProvider time,
    ILogger<ZuperClient> logger
)
{
    internal const string HttpClientName = "zuper";

    /// <summary>The greatest answer that is read; a page of a thousand records is a few megabytes.</summary>
    internal const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Every request goes through here: allowed hosts, key, budget, time-out, size, what the answer means, log and
    /// trace.
    /// </summary>
    private async Task<ZuperAnswer> SendAsync(ZuperCall call, CancellationToken cancellationToken)
    {
        GuardAddress(call.Address);
        var budget = call.Account is { } account ? budgets.For(account) : null;
        using var turn = budget is null ? null : await budget.EnterAsync(call.Priority, cancellationToken);
        using var activity = ZuperTrace.Start(call);
        var started = time.GetTimestamp();
        try
        {
            var (answer, rate) = await ExchangeAsync(call, cancellationToken);
            activity?.SetTag("http.response.status_code", (int)answer.Status);
            turn?.Dispose();
            var refusal = ZuperErrors.Classify(answer, call.Writes);
            budget?.Learn(rate, refusal);
            if (refusal is { } failure)
                throw Failed(call, failure, answer, budget, rate);
            ZuperTrace.Measure(call, time.GetElapsedTime(started), "answered");
            LogAnswered(call.Method, call.Route, (int)answer.Status, time.GetElapsedTime(started).TotalMilliseconds);
            return answer;
        }
        catch (ZuperException e)
        {
            ZuperTrace.Fail(activity, e);
            ZuperTrace.Measure(call, time.GetElapsedTime(started), e.Failure.ToString());
            LogFailed(call.Method, call.Route, e.Failure, time.GetElapsedTime(started).TotalMilliseconds, e.Message);
            throw;
        }
    }

    private async Task<(ZuperAnswer Answer, AnsweredRate Rate)> ExchangeAsync(
        ZuperCall call,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(call);
            using var client = http.CreateClient(HttpClientName);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            var body = await ReadBodyAsync(call, response, either.Token);
            return (
                ZuperAnswer.Of(response.StatusCode, body.Span, call.Account?.ApiKey),
                AnsweredRate.Read(response, time.GetUtcNow())
            );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(call, $"no whole answer within {options.Value.Timeout:c}", sent: true, e);
        }
        catch (HttpRequestException e)
        {
            throw NoAnswer(call, e.Message, sent: !NeverSent(e.HttpRequestError), e);
        }
        catch (IOException e)
        {
            throw NoAnswer(call, e.Message, sent: true, e);
        }
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
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        ZuperCall call,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var part = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, cancellationToken)) > 0)
        {
            if (whole.Length + read > MaxBodyBytes)
                throw TooLarge(call, response.StatusCode);
            await whole.WriteAsync(part.AsMemory(0, read), cancellationToken);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private void GuardAddress(Uri address)
    {
        if (options.Value.Hosts.Objection(address) is { } objection)
            throw new ZuperException(
                ZuperFailure.ForbiddenHost,
                $"{objection} The list is {ZuperOptions.AllowedHostsKey}."
            );
    }

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

    private static ZuperException Failed(
        ZuperCall call,
        ZuperFailure failure,
        ZuperAnswer answer,
        RequestBudget? budget,
        AnsweredRate rate
    )
    {
        var pause =
            failure == ZuperFailure.Throttled || (failure == ZuperFailure.Transient && rate.RetryAfter is not null)
                ? budget?.Pause(rate.RetryAfter, call.Priority) ?? rate.RetryAfter
                : null;
        return new ZuperException(failure, ZuperErrors.Message(failure, call, answer))
        {
            Status = answer.Status,
            Said = answer.Excerpt,
            RetryAfter = pause,
            OutcomeUnknown = ZuperErrors.LeavesDoubt(failure, answer.Status, call.Writes),
        };
    }

    private static ZuperException NoAnswer(ZuperCall call, string what, bool sent, Exception cause)
    {
        var doubt = sent && call.Writes;
        var outcome = doubt
            ? "It may have been carried out; whether it was must be looked up before it is sent again."
            : "It is tried again.";
        return new ZuperException(
            doubt ? ZuperFailure.OutcomeUnknown : ZuperFailure.Unreachable,
            $"{call.Address.GetLeftPart(UriPartial.Authority)} gave no answer to {call}: {what.TrimEnd('.')}. "
                + $"{outcome}",
            cause
        )
        {
            OutcomeUnknown = doubt,
        };
    }

    private static ZuperException TooLarge(ZuperCall call, HttpStatusCode status) =>
        new(
            ZuperFailure.Unreadable,
            $"Zuper's answer to {call} is over {MaxBodyBytes / (1024 * 1024)} MB, which is the most that is "
                + $"read. Ask for fewer records at once."
        )
        {
            Status = status,
            OutcomeUnknown = ZuperErrors.LeavesDoubt(ZuperFailure.Unreadable, status, call.Writes),
        };

    /// <summary>Errors that come before the first byte of a request has left.</summary>
    private static bool NeverSent(HttpRequestError error) =>
        error
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    [LoggerMessage(
        EventId = 3001,
        Level = LogLevel.Debug,
        Message = "Zuper {Method} {Route} answered {Status} in {Milliseconds} ms."
    )]
    private partial void LogAnswered(HttpMethod method, string route, int status, double milliseconds);

    [LoggerMessage(
        EventId = 3002,
        Level = LogLevel.Warning,
        Message = "Zuper {Method} {Route} failed ({Failure}) after {Milliseconds} ms: {Reason}"
    )]
    private partial void LogFailed(
        HttpMethod method,
        string route,
        ZuperFailure failure,
        double milliseconds,
        string reason
    );
}
