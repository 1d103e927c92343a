namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>Plays a story once without a crash, and once for each step at which the process can die.</summary>
internal static class CrashStories
{
    /// <summary>Says that a story which takes long is played for each of its steps.</summary>
    private const string EachStep = "INTACCTSYNC_TEST_EACH_STEP";

    /// <param name="story">The story in which the process dies at that step; 0 for never.</param>
    /// <param name="least">How many steps the whole road has at the least.</param>
    /// <param name="stride">The steps from one death to the next. INTACCTSYNC_TEST_EACH_STEP=1 asks for each.</param>
    public static async Task AtEveryStepAsync(Func<int, ICrashStory> story, int least, int stride = 1)
    {
        if (Environment.GetEnvironmentVariable(EachStep) is { Length: > 0 })
            stride = 1;
        var steps = await PlayAsync(story(0));
        Assert.True(steps > least, $"The story has {steps} steps; it must pass through the whole road.");
        for (var at = 1; at <= steps; at += stride)
            await PlayAsync(story(at));
    }

    private static async Task<int> PlayAsync(ICrashStory story)
    {
        await story.InitializeAsync();
        try
        {
            return await story.PlayAsync();
        }
        finally
        {
            await story.DisposeAsync();
        }
    }
}
