namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>A transaction definition of Order Entry that posts an AR invoice.</summary>
/// <param name="Name">What <c>transactiontype</c> names: <c>Sales Invoice</c>.</param>
public sealed record TransactionDefinition(string Name)
{
    /// <summary>A document without a number is given <c>SI0001</c> and so on; off = it is refused.</summary>
    public bool NumbersItself { get; init; }
}
