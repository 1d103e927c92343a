using System.Globalization;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace IntacctSync.Core.Remote;

/// <summary>
/// One HTTP exchange with another system, the same for all: only to allowed hosts, within the account's budget, within
/// its time and within its size. How it is tried, and for how long, is on the page of <see cref="RemotePipelines"/>.
/// </summary>
/// <param name="clients">Where HTTP clients come from.</param>
/// <param name="pipelines">How calls are carried out.</param>
/// <param name="clientName">The named client of <paramref name="clients"/>.</param>
/// <param name="hosts">The only hosts that are called. Redirects are not followed.</param>
/// <param name="limit">The most bytes of an answer that are read, counted after decompression.</param>
/// <param name="time">For the pauses that answers ask for.</param>
internal sealed class RemoteExchange(
    IHttpClientFactory clients,
    RemotePipelines pipelines,
    string clientName,
    HostAllowList hosts,
    long limit,
    TimeProvider time
)
{
    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="call">What kind of call it is.</param>
    /// <param name="compose">Makes the request, anew for each try.</param>
    /// <param name="read">Reads the answer to its end and judges it; what it throws is what is thrown here.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent may still be carried out.</param>
    /// <exception cref="ExchangeException">There is no answer to judge.</exception>
    public async Task<T> SendAsync<T>(
        RemoteCall call,
        Func<HttpRequestMessage> compose,
        Func<RemoteAnswer, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        if (hosts.Objection(call.Address) is { } objection)
            throw new ExchangeException(ExchangeFault.ForbiddenHost, objection);
        var tries = new Tries();
        try
        {
            return await pipelines
                .For(call)
                .ExecuteAsync(
                    async token => await TryAsync(call, tries, compose, read, token).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw new ExchangeException(
                ExchangeFault.NotAdmitted,
                "many calls in a row failed, so none is sent for the moment",
                e.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : RemotePipelines.Break,
                e
            );
        }
        catch (TimeoutRejectedException e)
        {
            throw new ExchangeException(
                tries.MayHaveArrived ? ExchangeFault.NoAnswer : ExchangeFault.NotSent,
                string.Create(CultureInfo.InvariantCulture, $"no whole answer within {call.Timeout:c}"),
                inner: e
            )
            {
                TimedOut = true,
            };
        }
    }

    private async Task<T> TryAsync<T>(
        RemoteCall call,
        Tries tries,
        Func<HttpRequestMessage> compose,
        Func<RemoteAnswer, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        using var permit = call.Budget is null
            ? null
            : await call.Budget.EnterAsync(call.Priority, cancellationToken).ConfigureAwait(false);
        using var message = compose();
        tries.Next(call, message);
        try
        {
            using var client = clients.CreateClient(clientName);
            using var response = await client
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return await ReadAsync(call, response, permit, read, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw tries.Broken(e, certainlyNotSent: NeverSent(e.HttpRequestError));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // The latter is what a decompressor makes of a damaged body.
            throw tries.Broken(e, certainlyNotSent: false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The connection's own time-out, which is shorter than the call's.
            throw tries.Broken(e, certainlyNotSent: false);
        }
    }

    private async Task<T> ReadAsync<T>(
        RemoteCall call,
        HttpResponseMessage response,
        RequestPermit? permit,
        Func<RemoteAnswer, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var body = new BoundedStream(stream, limit, cancellationToken);
        var answer = new RemoteAnswer(response, body, AnsweredRate.Read(response, time.GetUtcNow()), call, permit);
        try
        {
            var result = await read(answer, cancellationToken).ConfigureAwait(false);
            answer.Learn(RateVerdict.Granted);
            return result;
        }
        catch (RemoteException)
        {
            answer.Learn(RateVerdict.None);
            throw;
        }
        catch (BodyTooLongException e)
        {
            throw new ExchangeException(ExchangeFault.TooLong, e.Message, inner: e) { Status = response.StatusCode };
        }
    }

    /// <summary>Errors that come before the first byte of a request has left.</summary>
    private static bool NeverSent(HttpRequestError error) =>
        error
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    /// <summary>Notes the tries of a call, to know whether the last one may have arrived.</summary>
    private sealed class Tries
    {
        private HttpRequestMessage? _last;
        private RequestBody? _body;
        private bool _neverSent;

        /// <summary>
        /// A request without a body counts as one that arrived, which does no harm since it changes nothing.
        /// </summary>
        public bool MayHaveArrived => _last is not null && !_neverSent && _body?.MayHaveLeft != false;

        public void Next(RemoteCall call, HttpRequestMessage message)
        {
            if (_last is not null)
                call.Repeating?.Invoke(MayHaveArrived);
            (_last, _body, _neverSent) = (message, message.Content as RequestBody, false);
        }

        public ExchangeException Broken(Exception cause, bool certainlyNotSent)
        {
            _neverSent = certainlyNotSent;
            return new ExchangeException(
                MayHaveArrived ? ExchangeFault.NoAnswer : ExchangeFault.NotSent,
                cause.Message,
                inner: cause
            );
        }
    }
}
