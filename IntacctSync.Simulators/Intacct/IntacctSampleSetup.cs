using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// What the sample books stand on: accounts, account labels, locations, departments, a class, a project, product lines,
/// and items, one of them inactive and two of one name. The books are closed a year back.
/// </summary>
internal static class IntacctSampleSetup
{
    // Account 4030 requires a location.
    private const string Accounts = """
        1050|Undeposited Funds|balancesheet|debit|
        1200|Accounts Receivable|balancesheet|debit|
        2200|Sales Tax Payable|balancesheet|credit|
        4000|Service Revenue|incomestatement|credit|
        4010|Parts Revenue|incomestatement|credit|
        4020|Discounts Given|incomestatement|debit|
        4030|Contract Revenue|incomestatement|credit|REQUIRELOC
        4090|Fees|incomestatement|credit|
        """;

    private const string Items = """
        SVC-HVAC|HVAC Tune-up|Non-Inventory (Sales only)|Services|129|Each|active|4000
        SVC-PLUMB|Drain Cleaning|Non-Inventory (Sales only)|Services|95.5|Each|active|4000
        LABOR|Labor|Non-Inventory (Sales only)|Services|85|Hour|active|4000
        FLT-16|Air Filter|Inventory|Parts|18.25|Each|active|4010
        FLT-20|Air Filter|Inventory|Parts|21.75|Each|active|4010
        THERMO|Thermostat, programmable|Inventory|Parts|149.99|Each|active|4010
        OLD-PUMP|Circulator Pump (discontinued)|Inventory|Parts|310|Each|inactive|4010
        TRIP|Trip Charge|Non-Inventory||45|Each|active|4090
        """;

    private static readonly (string Object, string[] Fields, string Rows)[] Others =
    [
        (
            "ARACCOUNTLABEL",
            ["ACCOUNTLABEL", "DESCRIPTION", "GLACCOUNTNO"],
            "Service|Service revenue|4000\nParts|Parts revenue|4010\nSales "
                + "Tax|Tax|2200\nDiscount|Discounts|4020\nFee|Fees|4090"
        ),
        ("LOCATION", ["LOCATIONID", "NAME"], "100|Austin\n200|Portland"),
        ("DEPARTMENT", ["DEPARTMENTID", "TITLE"], "SVC|Field Service\nSAL|Sales"),
        ("CLASS", ["CLASSID", "NAME"], "RES|Residential"),
        ("PROJECT", ["PROJECTID", "NAME", "CUSTOMERID"], "P-100|Northgate retrofit|C-1004"),
        ("PRODUCTLINE", ["PRODUCTLINEID", "DESCRIPTION"], "Services|Services\nParts|Parts"),
    ];

    public static void Fill(WriteContext context)
    {
        Each(
            context,
            "GLACCOUNT",
            Accounts,
            (row, fields) =>
            {
                (fields["ACCOUNTNO"], fields["TITLE"], fields["ACCOUNTTYPE"], fields["NORMALBALANCE"]) = (
                    row[0],
                    row[1],
                    row[2],
                    row[3]
                );
                if (row[4].Length > 0)
                    fields[row[4]] = "true";
            }
        );
        foreach (var (name, names, rows) in Others)
            Each(
                context,
                name,
                rows,
                (row, fields) =>
                {
                    for (var i = 0; i < names.Length; i++)
                        fields[names[i]] = row[i];
                }
            );
        Each(
            context,
            "ITEM",
            Items,
            (row, fields) =>
            {
                (fields["ITEMID"], fields["NAME"], fields["ITEMTYPE"], fields["PRODUCTLINEID"]) = (
                    row[0],
                    row[1],
                    row[2],
                    row[3]
                );
                (fields["BASEPRICE"], fields["BASEUOM"], fields["STATUS"], fields["INCOMEACCTKEY"]) = (
                    row[4],
                    row[5],
                    row[6],
                    row[7]
                );
                (fields["SODESCRIPTION"], fields["UOM.SOUOMDETAIL.UNIT"], fields["TAXABLE"]) = (row[1], row[5], "true");
            }
        );
        var day = DateOnly.FromDateTime(context.Stamp.At.UtcDateTime);
        context.Books.ClosedThrough ??= IntacctSamples.ClosedThrough(day);
    }

    private static void Each(WriteContext context, string name, string rows, Action<string[], FieldValues> put)
    {
        foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var fields = FieldValues.Of(new Dictionary<string, string>(StringComparer.Ordinal));
            put(row.Split('|'), fields);
            ObjectRules.Of(name)!.Create(context, fields);
        }
    }
}
