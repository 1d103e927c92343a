using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// The sample books: what <see cref="IntacctSampleSetup"/> lists, terms, and customers that belong to sample
/// organizations of the Zuper simulator: C-1001 and C-1004 by the id that another connector left there, two of the name
/// Quayside Hotels, and one by its name and its e-mail address.
/// </summary>
public static class IntacctSamples
{
    /// <summary>The address of C-1005, which an organization has too.</summary>
    public const string SharedEmail = "hello@pinestreetbakery.example";

    private static readonly (string Name, string Days)[] Terms =
    [
        ("Net 30", "30"),
        ("Net 15", "15"),
        ("Due on receipt", "0"),
    ];

    private static readonly (
        string Id,
        string Name,
        string Email,
        string City,
        string State,
        string Term
    )[] Customers =
    [
        ("C-1001", "Harbor Dental Group", "ap@harbordental.example", "Austin", "TX", "Net 30"),
        ("C-1002", "Quayside Hotels", "portland@quayside-hotels.example", "Portland", "ME", "Net 30"),
        ("C-1003", "Quayside Hotels", "boston@quayside-hotels.example", "Boston", "MA", "Net 15"),
        ("C-1004", "Northgate Schools", "finance@northgate.example", "Seattle", "WA", "Net 30"),
        ("C-1005", "Pine Street Bakery", SharedEmail, "Burlington", "VT", "Due on receipt"),
        ("C-1006", "Lakeside Clinic", "office@lakesideclinic.example", "Madison", "WI", "Net 15"),
    ];

    /// <summary>The last closed day of the sample books: the end of the month before the one a year ago.</summary>
    public static DateOnly ClosedThrough(DateOnly today) => new DateOnly(today.Year - 1, today.Month, 1).AddDays(-1);

    internal static void Fill(WriteContext context)
    {
        foreach (var (name, days) in Terms)
            new TermRules().Create(
                context,
                FieldValues.Of(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["NAME"] = name,
                        ["DESCRIPTION"] = name,
                        ["DUEDATE"] = days,
                        ["DUEFROM"] = "from invoice/bill date",
                        ["STATUS"] = "active",
                    }
                )
            );
        foreach (var (id, name, email, city, state, term) in Customers)
            new CustomerRules().Create(
                context,
                FieldValues.Of(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["CUSTOMERID"] = id,
                        ["NAME"] = name,
                        ["TERMNAME"] = term,
                        ["STATUS"] = "active",
                        ["DISPLAYCONTACT.PRINTAS"] = name,
                        ["DISPLAYCONTACT.COMPANYNAME"] = name,
                        ["DISPLAYCONTACT.EMAIL1"] = email,
                        ["DISPLAYCONTACT.MAILADDRESS.ADDRESS1"] = "1 Main St",
                        ["DISPLAYCONTACT.MAILADDRESS.CITY"] = city,
                        ["DISPLAYCONTACT.MAILADDRESS.STATE"] = state,
                        ["DISPLAYCONTACT.MAILADDRESS.COUNTRY"] = "United States",
                        ["DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE"] = "US",
                    }
                )
            );
        IntacctSampleSetup.Fill(context);
    }
}
