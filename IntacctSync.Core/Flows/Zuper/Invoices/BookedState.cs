namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>How a document stands in Intacct's books.</summary>
internal enum BookedState
{
    Open,

    /// <summary>It is kept and not booked.</summary>
    Draft,
    PartlyPaid,
    Paid,

    /// <summary>It was taken back, or takes another one back.</summary>
    Reversed,
}
