using System.Text.RegularExpressions;

namespace IntacctSync.Core.Connections;

/// <summary>
/// Texts that name objects and fields of Intacct's API, as people who keep the books say it: <c>ARPYMT 4711</c> is
/// payment 4711. Stored texts keep the names of the API, by which a program and its maker know what is meant. Pure.
/// </summary>
public static partial class TradeWords
{
    /// <summary>The text in words of the trade. What stands in quotes is somebody's own name, and stays.</summary>
    public static string Of(string text)
    {
        var where = text.Contains("Intacct", StringComparison.Ordinal) ? "" : " in Intacct";
        var told = ApiName()
            .Replace(
                text,
                found =>
                    Capital(
                        text,
                        found.Index,
                        found.Groups["number"].Value is { Length: > 0 } number
                            ? Numbered(found.Groups["word"].Value, number, where)
                            : Unnumbered(found.Groups["word"].Value)
                    )
            );
        return Uid().Replace(UidOf().Replace(told, "${article} "), "id");
    }

    private static string Numbered(string word, string number, string where) =>
        word == "RECORDNO" ? $"record no. {number}"
        : One(word) is { } one
            ? number.Contains(',', StringComparison.Ordinal) ? $"{PlainWords.Object(word)} {number}{where}"
                : $"{one} {number}{where}"
        : $"{Unnumbered(word)} {number}";

    private static string Unnumbered(string word) =>
        word switch
        {
            "RECORDNO" => "record number",
            "CUSTOMERID" => "customer id",
            "ITEMID" => "item id",
            "LOCATIONID" => "location id",
            "DEPARTMENTID" => "department id",
            "PRODUCTLINEID" => "product line",
            "PAYMENTMETHOD" => "payment method",
            "DOCNUMBER" => "document number",
            "CONTACTNAME" => "contact name",
            _ => $"the {One(word)}",
        };

    /// <summary>One record of an object; null for a field.</summary>
    private static string? One(string word) =>
        word switch
        {
            "ARPYMT" => "payment",
            "ARINVOICE" => "invoice",
            "ARINVOICEITEM" => "invoice line",
            "ARADJUSTMENT" => "adjustment",
            "ARADVANCE" => "advance",
            "SODOCUMENT" => "Order Entry transaction",
            "SODOCUMENTENTRY" => "line of an Order Entry transaction",
            "GLACCOUNT" => "GL account",
            "ARACCOUNTLABEL" => "account label",
            "ARTERM" => "AR term",
            _ => null,
        };

    /// <summary>A sentence begins with a capital letter.</summary>
    private static string Capital(string text, int at, string words) =>
        at == 0 || text[..at].EndsWith(". ", StringComparison.Ordinal)
            ? char.ToUpperInvariant(words[0]) + words[1..]
            : words;

    [GeneratedRegex(
        @"(?<!['\w.])(?<word>RECORDNO|CUSTOMERID|ITEMID|LOCATIONID|DEPARTMENTID|PRODUCTLINEID|PAYMENTMETHOD|DOCNUMBER|"
            + @"CONTACTNAME|ARPYMT|ARINVOICEITEM|ARINVOICE|ARADJUSTMENT|ARADVANCE|SODOCUMENTENTRY|SODOCUMENT|"
            + @"GLACCOUNT|ARACCOUNTLABEL|ARTERM)(?![\w'])(?![.-]\w)(?: (?<number>\d+(?:, \d+)*)\b)?",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ApiName();

    /// <summary>The uid of a category: what a person chooses is the category.</summary>
    [GeneratedRegex(@"\bthe uid of (?<article>a|an|one) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UidOf();

    [GeneratedRegex(@"(?<!['\w-])uid\b(?!['-])", RegexOptions.None, 1000)]
    private static partial Regex Uid();
}
