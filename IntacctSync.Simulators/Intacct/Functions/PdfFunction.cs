using System.Globalization;
using System.Text;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// retrievepdf: one document as a PDF in base64 (developer.intacct.com/api/accounts-receivable/invoices and
/// order-entry): an ARINVOICE by RECORDNO, an SODOCUMENT by DOCID.
/// </summary>
internal static class PdfFunction
{
    public static FunctionResult Run(CallContext context, FunctionCall call, FunctionResult result)
    {
        context.Company.Counters.Add("retrievepdf", call.Object);
        var asked = call.Element.Elements().FirstOrDefault();
        var (key, record) = call.Object switch
        {
            "ARINVOICE" => ("RECORDNO", ByNumber(context, asked)),
            "SODOCUMENT" => ("DOCID", context.Books["SODOCUMENT"].Find(Value(asked, "DOCID"))),
            var other => throw RefusedException.Generic($"No PDF can be retrieved for '{other}'."),
        };
        var named = Value(asked, key);
        if (record is null)
            throw RefusedException.Generic($"No record exits for the recordkey '{named}'.");
        var name = call.Object.ToLowerInvariant();
        return result with
        {
            Data = new XElement(
                "data",
                new XAttribute("listtype", name),
                new XAttribute("count", 1),
                new XElement(
                    name,
                    new XElement(key.ToLowerInvariant(), named),
                    new XElement("pdfdata", Convert.ToBase64String(Pdf(Text(call.Object, record))))
                )
            ),
        };
    }

    private static StoredRecord? ByNumber(CallContext context, XElement? asked) =>
        int.TryParse(Value(asked, "RECORDNO"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? context.Books["ARINVOICE"].Find(number)
            : null;

    private static string Value(XElement? asked, string name) =>
        asked
            ?.Elements()
            .FirstOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?.Value.Trim()
        ?? "";

    /// <summary>What the page says; it changes with the document and not with what is paid of it.</summary>
    private static string Text(string name, StoredRecord record) =>
        name == "ARINVOICE"
            ? $"Invoice {record["RECORDID"]} of {record["WHENCREATED"]}, due {record["WHENDUE"]}, for "
                + $"{record["CUSTOMERNAME"]}: {record["TRX_TOTALENTERED"]} {record["CURRENCY"]}. "
                + record["DESCRIPTION"]
            : $"{record["DOCID"]} of {record["WHENCREATED"]}: {record["TRX_TOTAL"]} {record["CURRENCY"]}";

    /// <summary>A PDF of one page with one line.</summary>
    private static byte[] Pdf(string text)
    {
        var shown = new string([.. text.Select(c => c is '(' or ')' or '\\' or < ' ' or > '~' ? '?' : c)]);
        var content = $"BT /F1 10 Tf 40 780 Td ({shown}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Length {content.Length}>>\nstream\n{content}\nendstream"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (body, i) in objects.Select((o, i) => (o, i)))
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{body}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(
            CultureInfo.InvariantCulture,
            $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
        );
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
