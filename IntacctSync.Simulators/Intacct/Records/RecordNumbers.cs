namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>Gives numbers that grow; one that was given is not given again, rolled back or not.</summary>
internal sealed class RecordNumbers
{
    /// <summary>The number given last; 0 = none yet.</summary>
    public int Last { get; private set; }

    public int Next() => ++Last;
}
