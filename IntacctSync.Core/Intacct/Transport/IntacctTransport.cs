using System.Xml;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct.Transport;

/// <summary>
/// Posts a request to the gateway, reads the answer as a stream, and says what a failure leaves open.
/// </summary>
internal sealed class IntacctTransport(
    IHttpClientFactory clients,
    RemotePipelines pipelines,
    HostAllowList hosts,
    IOptions<IntacctOptions> options,
    TimeProvider time
)
{
    /// <summary>
    /// The most that is read of one answer. A page of 2,000 whole invoices takes about 12 MB, a PDF in base 64 a few.
    /// </summary>
    public const long MaxAnswer = 64 * 1024 * 1024;

    private readonly RemoteExchange _exchange = new(
        clients,
        pipelines,
        IntacctRegistration.HttpClientName,
        hosts,
        MaxAnswer,
        time
    );

    /// <param name="endpoint">Where to.</param>
    /// <param name="company">The company, whose circuit it is.</param>
    /// <param name="effect">Whether the request changes anything; the gateway takes every request by POST.</param>
    /// <param name="request">Its bytes.</param>
    /// <param name="repeating">Told before a request that reads is sent again: whether it may have been executed
    /// already.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="IntacctException">No answer of Intacct came, or its gateway refused the request.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; what was sent may still be
    /// executed.</exception>
    public async Task<ResponseDocument> PostAsync(
        Uri endpoint,
        string company,
        CallEffect effect,
        byte[] request,
        Action<bool>? repeating,
        CancellationToken ct
    )
    {
        var call = new RemoteCall("intacct", company.ToLowerInvariant(), effect, endpoint, options.Value.Timeout)
        {
            Repeating = repeating,
        };
        try
        {
            return await _exchange
                .SendAsync(
                    call,
                    () =>
                        new HttpRequestMessage(HttpMethod.Post, endpoint)
                        {
                            Content = new RequestBody(request, "application/xml"),
                        },
                    (answer, token) => ReadAsync(answer, effect, token),
                    ct
                )
                .ConfigureAwait(false);
        }
        catch (ExchangeException e)
        {
            throw Told(endpoint, e);
        }
    }

    private static async Task<ResponseDocument> ReadAsync(RemoteAnswer answer, CallEffect effect, CancellationToken ct)
    {
        var response = answer.Response;
        try
        {
            var document = await ResponseReader.ReadAsync(answer.Body, ct).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? document : throw GatewayAnswer.ToException(answer, document);
        }
        catch (Exception e) when (e is XmlException or IOException or InvalidDataException or HttpRequestException)
        {
            if (!response.IsSuccessStatusCode)
                throw GatewayAnswer.ToException(answer, null);
            if (e is BodyTooLongException && effect == CallEffect.Reads)
                throw new IntacctException(
                    IntacctFailure.TooLarge,
                    $"Intacct's answer is too large. {e.Message}",
                    innerException: e
                );
            throw new IntacctException(
                IntacctFailure.OutcomeUnknown,
                $"What came back is no whole answer of Intacct, so whether the request was executed is "
                    + $"unknown: {GatewayAnswer.Describe(response)}. {e.Message}",
                outcomeUnknown: true,
                innerException: e
            );
        }
    }

    private static IntacctException Told(Uri endpoint, ExchangeException e) =>
        e.Fault switch
        {
            ExchangeFault.ForbiddenHost => EndpointGuard.Forbidden(e.Message),
            ExchangeFault.NotAdmitted => new IntacctException(
                IntacctFailure.Throttled,
                $"Nothing was sent to {endpoint.Host}: {e.Message}.",
                retryAfter: e.RetryAfter,
                innerException: e
            )
            {
                IsUnsent = true,
            },
            ExchangeFault.NotSent => new IntacctException(
                IntacctFailure.Unreachable,
                $"{endpoint.Host} could not be reached, and nothing was sent: check name resolution, proxy and "
                    + $"firewall. {e.Message}",
                innerException: e
            )
            {
                IsUnsent = true,
            },
            _ => new IntacctException(
                IntacctFailure.OutcomeUnknown,
                e.TimedOut
                    ? $"{endpoint.Host} gave {e.Message}; the request may have been executed."
                    : $"The connection to {endpoint.Host} broke before an answer came; the request may have been "
                        + $"executed. {e.Message}",
                outcomeUnknown: true,
                innerException: e
            ),
        };
}
