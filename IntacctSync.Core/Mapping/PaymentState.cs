namespace IntacctSync.Core.Mapping;

/// <summary>Where a payment stands in Intacct (developer.intacct.com, AR Payments: DISPLAYSTATE).</summary>
public enum PaymentState
{
    /// <summary>It counts: complete or reconciled.</summary>
    Complete,

    Draft,

    /// <summary>It was reversed and no longer counts.</summary>
    Reversed,

    /// <summary>The counter-entry of a reversed one.</summary>
    Reversal,

    /// <summary>On its way, or in a state that nobody knows here.</summary>
    Unsettled,
}
