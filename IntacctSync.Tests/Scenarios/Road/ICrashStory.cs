namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// A story in which the process dies at one step; its own assertions say that nothing was lost or doubled by it.
/// </summary>
internal interface ICrashStory : IAsyncLifetime
{
    /// <returns>How many steps the process passed at which it could have died.</returns>
    Task<int> PlayAsync();
}
