using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// The sample books: terms, and customers among which two have the same NAME and one has an e-mail address
/// (<see cref="SharedEmail"/>) that a sample organization of the Zuper simulator has too.
/// </summary>
public static class IntacctSamples
{
    public const string SharedEmail = "office@lakesideclinic.example";

    private static readonly (string Name, string Days)[] Terms = [("Net 30", "30"), ("Net 15", "15"), ("Due on receipt", "0")];

    private static readonly (string Id, string Name, string Email, string City, string State, string Term)[] Customers =
    [
        ("C-1001", "Harbor View Apartments", "manager@harborview.example", "Portland", "ME", "Net 30"),
        ("C-1002", "Lakeside Clinic", SharedEmail, "Madison", "WI", "Net 15"),
        ("C-1003", "Summit Property Group", "ap.north@summitproperty.example", "Denver", "CO", "Net 30"),
        ("C-1004", "Summit Property Group", "ap.south@summitproperty.example", "Pueblo", "CO", "Net 30"),
        ("C-1005", "Old Mill Brewery", "books@oldmill.example", "Bend", "OR", "Due on receipt"),
    ];

    internal static void Fill(WriteContext context)
    {
        foreach (var (name, days) in Terms)
            new TermRules().Create(context, FieldValues.Of(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NAME"] = name, ["DESCRIPTION"] = name, ["DUEDATE"] = days, ["DUEFROM"] = "from invoice/bill date", ["STATUS"] = "active",
            }));
        foreach (var (id, name, email, city, state, term) in Customers)
            new CustomerRules().Create(context, FieldValues.Of(new Dictionary<string, string>(StringComparer.Ordinal)
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
            }));
    }
}
