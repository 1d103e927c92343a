using System.Globalization;
using System.Text;

namespace IntacctSync.Benchmarks.Pages;

/// <summary>An answer to a query as Intacct writes it: customers of 20 fields, of about 15 characters each.</summary>
internal static class SamplePage
{
    private static readonly string[] Fields =
    [
        "RECORDNO",
        "CUSTOMERID",
        "NAME",
        "DISPLAYCONTACT.CONTACTNAME",
        "DISPLAYCONTACT.EMAIL1",
        "DISPLAYCONTACT.PHONE1",
        "DISPLAYCONTACT.MAILADDRESS.ADDRESS1",
        "DISPLAYCONTACT.MAILADDRESS.CITY",
        "DISPLAYCONTACT.MAILADDRESS.STATE",
        "DISPLAYCONTACT.MAILADDRESS.ZIP",
        "DISPLAYCONTACT.MAILADDRESS.COUNTRY",
        "TERMNAME",
        "CUSTTYPE",
        "TAXID",
        "CURRENCY",
        "TOTALDUE",
        "STATUS",
        "WHENCREATED",
        "WHENMODIFIED",
        "MEGAENTITYID",
    ];

    public static byte[] Of(int records)
    {
        var text = new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <response><control><status>success</status><senderid>sandbox-sender</senderid><controlid>page</controlid><uniqueid>false</uniqueid><dtdversion>3.0</dtdversion></control>
            <operation><authentication><status>success</status><userid>sandbox-user</userid><companyid>sandbox</companyid><sessiontimestamp>2026-03-31T00:00:00+00:00</sessiontimestamp></authentication>
            <result><status>success</status><function>query</function><controlid>q</controlid>
            """
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"<data listtype=\"CUSTOMER\" totalcount=\"{records}\" offset=\"0\" count=\"{records}\" numremaining=\"0\">"
        );
        for (var record = 0; record < records; record++)
        {
            text.Append("<CUSTOMER>\n");
            for (var field = 0; field < Fields.Length; field++)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  <{Fields[field]}>value {field} of {record}</{Fields[field]}>\n"
                );
            text.Append("</CUSTOMER>\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("</data></result></operation></response>").ToString());
    }
}
