namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Counts the steps at which a process could die, and dies at the one it was told: from then on nothing gets through.
/// </summary>
internal sealed class CrashSwitch
{
    private int _steps;

    /// <summary>The step to die at, from 1; 0 for never.</summary>
    public int At { get; init; }

    public int Steps => Volatile.Read(ref _steps);

    public bool Dead { get; private set; }

    public string Where { get; private set; } = "";

    /// <summary>A step is reached; what follows it must not happen once the process is dead.</summary>
    public void Step(string where)
    {
        ThrowIfDead();
        if (Interlocked.Increment(ref _steps) != At)
            return;
        Die(where);
        ThrowIfDead();
    }

    public void Die(string where)
    {
        Where = where;
        Dead = true;
    }

    public void ThrowIfDead()
    {
        // Of the kind that nothing on the road may swallow: to the code it looks as if the host were stopping.
        if (Dead)
            throw new OperationCanceledException($"The process died: {Where}.");
    }
}
