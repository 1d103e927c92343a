using System.Collections.Concurrent;
using System.Diagnostics;
using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The stages that the envelope of one change passes, as they are entered.</summary>
[Collection(AloneCollection.Name)]
public sealed class The_road_of_one_change : RoadTest
{
    private readonly ConcurrentQueue<string> _entered = new();

    internal override bool ThroughTheGate => true;

    [Fact]
    public async Task It_passes_the_stages_that_were_approved()
    {
        await ConnectAsync();
        using var listener = Listen();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();

        Assert.Equal(Assert.Single(Customers)["CUSTOMERID"], SageId(uid));
        Approval.Matches("road", string.Join('\n', _entered) + "\n", "txt");
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => IsOurs(source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
                _entered.Enqueue(new string(' ', 2 * DepthOf(activity)) + activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static bool IsOurs(ActivitySource source) => source.Name is Telemetry.Name or Stage.SourceName;

    /// <summary>Within how many other stages it was entered.</summary>
    private static int DepthOf(Activity activity)
    {
        var depth = 0;
        for (var outer = activity.Parent; outer is not null; outer = outer.Parent)
            depth += IsOurs(outer.Source) ? 1 : 0;
        return depth;
    }
}
