using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>A record whose standing in Upflow is to change.</summary>
/// <param name="Records">The pass that it is on.</param>
/// <param name="Record">The record.</param>
/// <param name="ExternalId">Of its main document, from which the other external ids are made.</param>
/// <param name="Main">What its main document is.</param>
/// <param name="Customer">CUSTOMERID of the customer that it is of.</param>
/// <param name="Wanted">What is to stand.</param>
internal sealed record StandingWork(
    RecordPass Records,
    RecordWork Record,
    string ExternalId,
    UpflowKind Main,
    string Customer,
    WantedStanding Wanted
)
{
    /// <summary>Its row, as it is stored or will be stored with whatever comes next.</summary>
    public KeyMapEntry Entry
    {
        get => Records[Record.SourceId];
        set => Records.Put(value);
    }

    public bool IsOpen => Records.IsOpen(Record.SourceId);

    /// <summary>What stands, as the row has it.</summary>
    public Standing Standing => Standing.Of(Entry.Parts);

    public UpflowTurn Turn => new(Customer, UpflowWrites.PriorityOf(Record));

    /// <summary>
    /// What else has this record looked at again, by the names that its row keeps; names of what makes room are added
    /// when Upflow refuses a link.
    /// </summary>
    public IReadOnlyList<string> Waits { get; init; } = [];
}
