using System.Globalization;
using System.Xml.Linq;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>
/// Functions of accounts receivable and Order Entry as text, and short ways to look at what became of them.
/// </summary>
internal static class Receivable
{
    /// <summary>A date element.</summary>
    public static string Date(string name, string iso)
    {
        var parts = iso.Split('-');
        return $"<{name}><year>{parts[0]}</year><month>{parts[1]}</month><day>{parts[2]}</day></{name}>";
    }

    public static string Line(decimal amount, string account = "4000", string more = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<lineitem><glaccountno>{account}</glaccountno><amount>{amount}</amount>{more}</lineitem>"
        );

    /// <summary>create_invoice for the day of the test clock, with the parts in the order of the schema.</summary>
    public static string Invoice(
        string number,
        string lines,
        string customer = "C-1001",
        string? date = null,
        string due = "<termname>Net 30</termname>",
        string action = "",
        string afterNumber = "",
        string beforeItems = ""
    ) =>
        $"<create_invoice><customerid>{customer}</customerid>{Date("datecreated", date ?? "2026-11-02")}{due}{action}"
        + (number.Length > 0 ? $"<invoiceno>{number}</invoiceno>" : "")
        + $"{afterNumber}{beforeItems}<invoiceitems>{lines}</invoiceitems></create_invoice>";

    public static string Update(string key, string parts, string attributes = "") =>
        $"<update_invoice key=\"{key}\"{attributes}>{parts}</update_invoice>";

    public static string Reverse(string key, string date = "2026-11-03") =>
        $"<reverse_invoice key=\"{key}\">{Date("datereversed", date)}</reverse_invoice>";

    public static string Payment(string details, string more = "", string customer = "C-1001") =>
        "<create><ARPYMT><FINANCIALENTITY>BOA</FINANCIALENTITY><PAYMENTMETHOD>EFT</PAYMENTMETHOD>"
        + $"<CUSTOMERID>{customer}</CUSTOMERID><RECEIPTDATE>11/05/2026</RECEIPTDATE>"
        + $"<PAYMENTDATE>11/05/2026</PAYMENTDATE><CURRENCY>USD</CURRENCY>{more}"
        + $"<ARPYMTDETAILS>{details}</ARPYMTDETAILS></ARPYMT></create>";

    public static string Detail(string invoice, decimal amount, string more = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<ARPYMTDETAIL><RECORDKEY>{invoice}</RECORDKEY>{more}<TRX_PAYMENTAMOUNT>{amount}</TRX_PAYMENTAMOUNT>"
                + $"</ARPYMTDETAIL>"
        );

    public static string Order(string number, string lines, string more = "", string type = "Sales Invoice") =>
        $"<create_sotransaction>"
        + $"<transactiontype>{type}</transactiontype>{Date("datecreated", "2026-11-02")}<customerid>C-1001</customerid>"
        + (number.Length > 0 ? $"<documentno>{number}</documentno>" : "")
        + $"<termname>Net 30</termname>{more}<sotransitems>{lines}</sotransitems></create_sotransaction>";

    public static string OrderLine(string item, decimal quantity, string more = "", string unit = "Each") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<sotransitem><itemid>{item}</itemid><quantity>{quantity}</quantity>"
                + $"<unit>{unit}</unit>{more}</sotransitem>"
        );

    /// <summary>Makes an invoice that is taken, and answers its key.</summary>
    public static async Task<string> KeyAsync(this GatewayBench bench, string function)
    {
        var result = await bench.OneAsync(function);
        Assert.Equal("success", result.Status());
        return result.Element("key")!.Value;
    }

    /// <summary>The first error of a function that is refused.</summary>
    public static async Task<(string Number, string Text)> RefusalAsync(this GatewayBench bench, string function)
    {
        var result = await bench.OneAsync(function);
        Assert.Equal("failure", result.Status());
        return result.Errors()[0];
    }

    public static IReadOnlyDictionary<string, string> Invoice(this GatewayBench bench, string key) =>
        bench.Simulator.Company.Record("ARINVOICE", key)!;

    /// <summary>State, paid and due of an invoice.</summary>
    public static (string State, string Paid, string Due) Standing(this GatewayBench bench, string key) =>
        (bench.Invoice(key)["STATE"], bench.Invoice(key)["TOTALPAID"], bench.Invoice(key)["TOTALDUE"]);

    /// <summary>The rows of a query by one field, one value.</summary>
    public static async Task<XElement> FindAsync(
        this GatewayBench bench,
        string name,
        string field,
        string value,
        params string[] fields
    ) =>
        await bench.OneAsync(
            $"<query><object>{name}</object><select>{string.Concat(fields.Select(f => $"<field>{f}</field>"))}</select>"
                + $"<filter><equalto><field>{field}</field><value>{value}</value></equalto></filter></query>"
        );
}
