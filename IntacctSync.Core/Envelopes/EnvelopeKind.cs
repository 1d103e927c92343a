namespace IntacctSync.Core.Envelopes;

/// <summary>What an envelope asks for; within a batch they are worked off in this order.</summary>
public enum EnvelopeKind
{
    /// <summary>A record changed at its source.</summary>
    Record,

    /// <summary>A feed is due to be read for changes.</summary>
    Poll,

    /// <summary>The place a backfill has reached: one chunk is worked off and the next bookmark is put at the tail.</summary>
    Backfill,
}
