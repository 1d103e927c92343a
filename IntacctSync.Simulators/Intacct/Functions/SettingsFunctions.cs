using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// How the company and its users are set up; the shapes are those of developer.intacct.com/api/company-console.
/// </summary>
internal static class SettingsFunctions
{
    public static FunctionResult Preferences(CallContext context, FunctionCall call, FunctionResult result)
    {
        var application = call.Element.Attribute("application")!.Value;
        return result with
        {
            Data = new XElement(
                "data",
                context
                    .Books["COMPANYPREF"]
                    .Rows(null)
                    .Where(p => p["APPLICATION"] == application)
                    .Select(p => new XElement(
                        "companypref",
                        new XElement("application", p["APPLICATION"]),
                        new XElement("preference", p["PREFERENCE"]),
                        new XElement("prefvalue", p["PREFVALUE"])
                    ))
            ),
        };
    }

    public static FunctionResult FinancialSetup(CallContext context, FunctionResult result)
    {
        var setup = context.Company.Setup;
        return result with
        {
            Data = new XElement(
                "data",
                new XElement(
                    "financialSetup",
                    new XElement("baseCurrency", setup.BaseCurrency),
                    new XElement("defaultBook", "ACCRUAL"),
                    new XElement("firstFiscalMonth", "1"),
                    new XElement("multiBaseCurrency", false),
                    new XElement("multiBook", false),
                    new XElement("multiCurrency", setup.MultiCurrency),
                    new XElement("multiEntityShared", setup.Entities.Count > 0)
                )
            ),
        };
    }

    public static FunctionResult UserFormatting(CallContext context, FunctionCall call, FunctionResult result)
    {
        var id = call.Element.Element("userId")?.Value.Trim();
        var key = call.Element.Element("key")?.Value.Trim();
        var user = context.Company.Setup.Users.FirstOrDefault(u =>
            id is not null ? u.UserId == id : u.RecordNo.ToString(CultureInfo.InvariantCulture) == key
        );
        if (user is null)
            throw new RefusedException(new IntacctError("BL03000025", $"Login ID {id ?? key} does not exist."));
        var offset =
            (user.GmtOffset < TimeSpan.Zero ? "-" : "+")
            + user.GmtOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
        return result with
        {
            Data = new XElement(
                "data",
                new XElement(
                    "userformatting",
                    new XElement("recordno", user.RecordNo),
                    new XElement("locale", user.Locale),
                    new XElement("dateformat", user.DateFormat),
                    new XElement("gmtoffset", offset),
                    new XElement("clock", user.Clock)
                )
            ),
        };
    }
}
