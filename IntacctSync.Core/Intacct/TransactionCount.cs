namespace IntacctSync.Core.Intacct;

/// <summary>How many of a month's transactions a request uses up.</summary>
/// <remarks>
/// Sage counts each created, updated or deleted record and each query call, every further page being another
/// (developer.sage.com, Performance Tiers). Reads by key are counted like queries, which can only be too many. Sessions and
/// set-up reads are not in Sage's list and count as none.
/// </remarks>
public static class TransactionCount
{
    public static int Of(IEnumerable<IntacctFunction> functions) => functions.Sum(f => Of(f.Name));

    public static int Of(string function) => function switch
    {
        "getAPISession" or "readUserFormatting" or "get_companyprefs" or "getFinancialSetup" or "lookup" => 0,
        _ => 1,
    };
}
