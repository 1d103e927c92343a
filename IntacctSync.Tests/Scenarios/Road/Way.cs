namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>How a change is noticed.</summary>
public enum Way
{
    /// <summary>Zuper tells of it.</summary>
    Webhook,

    /// <summary>The feed is read since the last time: a sweep of Zuper, a poll of Intacct.</summary>
    Feed,

    /// <summary>A person has everything carried over.</summary>
    Backfill,
}
