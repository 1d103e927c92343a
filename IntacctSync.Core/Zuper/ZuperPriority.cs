namespace IntacctSync.Core.Zuper;

/// <summary>Whose share of the account's request budget a call uses.</summary>
public enum ZuperPriority
{
    /// <summary>A change that was just made, or a person who waits: may use all of the budget.</summary>
    Live,

    /// <summary>A sweep or a backfill: may use four fifths, and steps back for live work.</summary>
    Bulk,
}
