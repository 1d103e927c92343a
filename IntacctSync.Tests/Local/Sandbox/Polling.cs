namespace IntacctSync.Tests.Local.Sandbox;

/// <summary>
/// Waits for what a process of its own does. It tells no test when it has done it, so it is asked again and again, by
/// real time. This is the one place for that: within this process tests await what is to happen, or move a clock.
/// </summary>
internal static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="holds">Whether it has happened. A process that does not listen yet, or a file that is just being
    /// replaced, is asked again.</param>
    /// <param name="otherwise">What to say when it has not happened within two minutes.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await HoldsAsync(holds))
        {
            if (patience.IsCancellationRequested)
                Assert.Fail(otherwise());
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> holds)
    {
        try
        {
            return await holds();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }
}
