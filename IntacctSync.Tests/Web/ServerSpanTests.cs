using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntacctSync.Tests.Web;

/// <summary>The spans that ASP.NET Core makes of calls, which a host exports where a collector is named.</summary>
public sealed class ServerSpanTests : ApiTest
{
    [Fact]
    public async Task A_span_of_a_search_does_not_hold_what_was_searched_for()
    {
        var spans = new ConcurrentQueue<Activity>();
        var both = new TaskCompletionSource();
        using var parent = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId != parent.TraceId)
                    return;
                spans.Enqueue(span);
                if (spans.Count == 2)
                    both.TrySetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);
        (await PutAsync()).Is(201);
        (await CallAsync("GET", "/api/connections/acme/records?q=Sought%20Person")).Is(200);
        await both.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.DoesNotContain(
            spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append(span.DisplayName)),
            text => text.Contains("Sought", StringComparison.OrdinalIgnoreCase)
        );
    }
}
