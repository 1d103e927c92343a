namespace IntacctSync.Core.Connections;

/// <summary>Who makes the CUSTOMERID of a new customer.</summary>
public enum CustomerIds
{
    /// <summary>We do: <c>Z</c> and 12 characters of a hash of the record's uid.</summary>
    Zuper,

    /// <summary>The company's document sequence does.</summary>
    Intacct,
}
