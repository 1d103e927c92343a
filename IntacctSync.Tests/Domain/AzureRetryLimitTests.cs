using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class AzureRetryLimitTests
{
    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "45", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "99999999999999999999", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Mon, 02 Mar 2026 09:01:00 GMT", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Mon, 02 Mar 2026 09:00:20 GMT", false)]
    [InlineData(HttpStatusCode.TooManyRequests, "30", false)]
    [InlineData(HttpStatusCode.TooManyRequests, null, false)]
    [InlineData(HttpStatusCode.OK, "45", false)]
    [InlineData(HttpStatusCode.Accepted, "45", false)]
    public async Task A_refusal_that_asks_for_more_than_half_a_minute_is_given_up_and_a_success_never(
        HttpStatusCode status,
        string? after,
        bool givesUp
    )
    {
        using var transport = new HttpClientTransport(new Answering(status, after));
        var options = new LimitedOptions { Transport = transport };
        options.Retry.MaxRetries = 0;
        options.AddPolicy(new AzureRetryLimit(), HttpPipelinePosition.PerRetry);
        var pipeline = HttpPipelineBuilder.Build(options);
        using var message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("https://acme.vault.azure.net/"));

        var thrown = await Record.ExceptionAsync(async () => await pipeline.SendAsync(message, CancellationToken.None));

        Assert.Equal(givesUp, thrown is RequestFailedException { Status: var refused } && refused == (int)status);
    }

    private sealed class LimitedOptions : ClientOptions;

    private sealed class Answering(HttpStatusCode status, string? after) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
            answer.Headers.Date = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
            if (after is not null)
                answer.Headers.TryAddWithoutValidation("Retry-After", after);
            return Task.FromResult(answer);
        }
    }
}
