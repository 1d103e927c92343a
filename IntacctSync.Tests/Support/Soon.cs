namespace IntacctSync.Tests.Support;

/// <summary>
/// Waits for what another thread of this process does, where it gives nothing to await: the test looks again and again,
/// and fails where it does not come.
/// </summary>
internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="holds">Whether it has come.</param>
    /// <param name="meanwhile">What is done between two looks, such as moving a clock.</param>
    public static Task UntilAsync(Func<bool> holds, Action? meanwhile = null) =>
        UntilAsync(() => Task.FromResult(holds()), meanwhile);

    /// <summary>The same of what can only be awaited.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"What is waited for did not come within {Patience}.");
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }
}
