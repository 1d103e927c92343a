using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Lets a client of Azure wait only so long as a service may ask for: one that asks for more is taken for unavailable
/// at once, and the caller decides when to come again.
/// </summary>
/// <remarks>
/// The clients wait as long as <c>Retry-After</c> says, whatever their longest delay is (DelayStrategy of Azure.Core);
/// work that waits so holds its session and its lease. The headers are those that the clients obey:
/// learn.microsoft.com, azure-sdk-for-net, Azure.Core, ResponseHeaders.
/// </remarks>
public sealed class AzureRetryLimit : HttpPipelinePolicy
{
    /// <summary>The longest time that is waited for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ArgumentNullException.ThrowIfNull(message);
        ProcessNext(message, pipeline);
        Check(message.Response);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ArgumentNullException.ThrowIfNull(message);
        await ProcessNextAsync(message, pipeline);
        Check(message.Response);
    }

    /// <exception cref="RequestFailedException">With the answer's status, which the client does not try
    /// again.</exception>
    private static void Check(Response response)
    {
        // An answer that is none of a failure may say when to look again, and is not tried again.
        if (response.Status >= 400 && AskedFor(response.Headers) > Longest)
            throw new RequestFailedException(response);
    }

    private static TimeSpan? AskedFor(ResponseHeaders headers)
    {
        foreach (var name in new[] { "retry-after-ms", "x-ms-retry-after-ms" })
        {
            if (headers.TryGetValue(name, out var text) && Number(text) is { } milliseconds)
                return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (!headers.TryGetValue("Retry-After", out var after))
            return null;
        if (Number(after) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        return
            DateTimeOffset.TryParse(after, CultureInfo.InvariantCulture, out var until) && headers.Date is { } answered
            ? until - answered
            : null;
    }

    /// <summary>No more than the number of a day's milliseconds, which is over the limit in any unit.</summary>
    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, TimeSpan.FromDays(1).TotalMilliseconds)
            : null;
}
