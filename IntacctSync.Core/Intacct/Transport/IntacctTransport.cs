using System.Xml;
using IntacctSync.Core.Intacct.Responses;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct.Transport;

/// <summary>
/// One HTTP exchange: sends bytes, reads the answer as a stream, says what a failure leaves open. It repeats nothing.
/// </summary>
internal sealed class IntacctTransport(
    IHttpClientFactory clients,
    EndpointGuard guard,
    IOptions<IntacctOptions> options,
    TimeProvider time
)
{
    /// <summary>
    /// The most that is read of one answer. A page of 2,000 whole invoices takes about 12 MB, a PDF in base 64 a few.
    /// </summary>
    public const long MaxAnswer = 64 * 1024 * 1024;

    /// <exception cref="IntacctException">No answer of Intacct came, or its gateway refused the request.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; what was sent may still be
    /// executed.</exception>
    public async Task<ResponseDocument> PostAsync(Uri endpoint, byte[] request, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, guard.Require(endpoint));
        using var body = new RequestBody(request);
        message.Content = body;
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var client = clients.CreateClient(IntacctRegistration.HttpClientName);
            using var response = await client
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token)
                .ConfigureAwait(false);
            return await ReadAsync(response, both.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is OperationCanceledException
                        or HttpRequestException
                        or IOException
                        or XmlException
                        or InvalidDataException
            )
        {
            ct.ThrowIfCancellationRequested();
            throw body.MayHaveLeft ? Lost(endpoint, e) : Unsent(endpoint, e);
        }
    }

    private async Task<ResponseDocument> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            await using var capped = new CappedStream(stream, MaxAnswer);
            var document = await ResponseReader.ReadAsync(capped, ct).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? document
                : throw GatewayAnswer.ToException(response, document, time.GetUtcNow());
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or HttpRequestException)
        {
            if (!response.IsSuccessStatusCode)
                throw GatewayAnswer.ToException(response, null, time.GetUtcNow());
            throw new IntacctException(
                IntacctFailure.OutcomeUnknown,
                $"What came back is no whole answer of Intacct, so whether the request was executed is "
                    + $"unknown: {GatewayAnswer.Describe(response)}. {e.Message}",
                outcomeUnknown: true,
                innerException: e
            );
        }
    }

    private IntacctException Lost(Uri endpoint, Exception cause) =>
        new(
            IntacctFailure.OutcomeUnknown,
            cause is OperationCanceledException
                ? $"{endpoint.Host} did not answer within {options.Value.Timeout:c}; the request may have been "
                    + $"executed."
                : $"The connection to {endpoint.Host} broke before an answer came; the request may have been "
                    + $"executed. {cause.Message}",
            outcomeUnknown: true,
            innerException: cause
        );

    private static IntacctException Unsent(Uri endpoint, Exception cause) =>
        new(
            IntacctFailure.Unreachable,
            $"{endpoint.Host} could not be reached, and nothing was sent: check name resolution, proxy and "
                + $"firewall. {cause.Message}",
            innerException: cause
        );
}
