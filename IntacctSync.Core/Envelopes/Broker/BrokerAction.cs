namespace IntacctSync.Core.Envelopes.Broker;

/// <summary>How a delivered message is settled.</summary>
public enum BrokerAction
{
    /// <summary>It is done and removed.</summary>
    Complete,

    /// <summary>It is moved to the dead letters.</summary>
    DeadLetter,

    /// <summary>Its lock is given up; it is delivered again.</summary>
    Abandon,
}
