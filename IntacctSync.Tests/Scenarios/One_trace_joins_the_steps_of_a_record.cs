using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class One_trace_joins_the_steps_of_a_record : RoadTest
{
    private readonly ConcurrentQueue<Activity> _ended = [];

    [Fact]
    public async Task From_the_webhook_over_the_queue_to_the_call_to_Intacct_and_the_id_written_back()
    {
        using var listener = Listen();
        await ConnectAsync(webhooks: false);
        var uid = MakeOrganization("Harbor Dental Group");
        ActivityTraceId trace;
        using (var caller = new Activity("caller").Start())
        {
            caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            trace = caller.TraceId;
            var body = Encoding.UTF8.GetBytes($$"""{"event": "organization.new", "organization_uid": "{{uid}}"}""");
            var answer = await Process
                .Get<WebhookReceiver>()
                .ReceiveAsync(Id, name => name == "x-hook-secret" ? HookSecret : null, body, Forever);
            Assert.Equal(WebhookStatus.Accepted, answer.Status);
        }

        await RestAsync();
        Assert.NotNull(SageId(uid));

        var spans = _ended.Where(a => a.TraceId == trace).ToList();
        var webhook = Assert.Single(spans, a => a.OperationName == "webhook");
        // On a slow machine a message may be delivered twice; each of its batches is in the trace.
        var batches = spans.Where(a => a.OperationName == "batch").ToList();
        Assert.All(batches, b => Assert.Equal(webhook.SpanId, b.ParentSpanId));
        var records = spans.Where(a => a.OperationName == "record").ToList();
        Assert.Contains(records, r => r.GetTagItem("intacctsync.outcome") is "done");
        Assert.All(records, r => Assert.Equal(webhook.SpanId, r.ParentSpanId));
        Assert.All(records, r => Assert.Contains(Assert.Single(r.Links).Context, batches.Select(b => b.Context)));
        var calls = spans.Where(a => batches.Exists(b => b.SpanId == a.ParentSpanId)).ToList();
        var creates = calls
            .Where(a =>
                a.OperationName == "intacct.request"
                && (a.GetTagItem("intacct.functions") as string)!.Contains("create", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(creates);
        Assert.All(creates, c => Assert.NotEmpty(Assert.IsType<string[]>(c.GetTagItem("intacct.control_ids"))));
        Assert.Contains(
            calls,
            a => a.OperationName == "zuper.request" && a.GetTagItem("http.request.method") is not "GET"
        );
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
