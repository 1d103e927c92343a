namespace IntacctSync.Core.Connections;

/// <summary>How an Intacct customer that exists already is recognized as a record's counterpart.</summary>
public enum IdentifyCustomerBy
{
    None,
    Name,
    Email,
}
