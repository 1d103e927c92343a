using System.Text.RegularExpressions;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>
/// One error of an answer, as Intacct wrote it; any part may be empty, the number too, and the number may be free text.
/// </summary>
/// <param name="ErrorId">The stable id of newer errors (<c>GL-0493</c>), when the answer has it.</param>
/// <param name="MessageId">The stable name of newer texts (<c>IA.DUPLICATE_ACCOUNT_NUMBER</c>), when the answer has
/// it.</param>
public sealed partial record IntacctError(
    string Number,
    string Description,
    string Description2,
    string Correction,
    string? ErrorId = null,
    string? MessageId = null
)
{
    /// <summary>
    /// Description, second description and correction as Intacct wrote them, support ids included: for the log.
    /// </summary>
    public string Text => string.Join(" ", new[] { Description, Description2, Correction }.Where(s => s.Length > 0));

    /// <summary>
    /// The text without support and request ids, HTML tags and repeated blanks: for comparing, grouping and people.
    /// </summary>
    public string ComparableText =>
        Blanks()
            .Replace(
                Tags().Replace(Ids().Replace(Text.Replace("%7E", "~", StringComparison.OrdinalIgnoreCase), " "), " "),
                " "
            )
            .Trim();

    /// <summary>
    /// <see cref="ComparableText"/> with <c>''</c> in place of what stands in quotation marks, which are the names that
    /// people gave their records.
    /// </summary>
    public string TextWithoutNames => Names().Replace(ComparableText.Replace('’', '\''), "''");

    /// <summary>
    /// What Sage's support asks for to find the request, without its brackets; null when the error carries none.
    /// </summary>
    public string? SupportId =>
        Ids().Match(Text) is { Success: true } match ? Uri.UnescapeDataString(match.Groups["id"].Value) : null;

    /// <summary>The number, or the id of newer errors, where it is one and no free text.</summary>
    public string LogNumber =>
        IsNumber().IsMatch(Number) ? Number
        : ErrorId is { } id && IsNumber().IsMatch(id) ? id
        : "unnumbered";

    public override string ToString() => Number.Length == 0 ? ComparableText : $"{Number} {ComparableText}".TrimEnd();

    [GeneratedRegex(
        @"\[(?:Support|Request) ID: (?<id>[^\]]+)\]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Ids();

    [GeneratedRegex(@"^[A-Za-z]{0,10}[-_]?[0-9]{1,14}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsNumber();

    [GeneratedRegex("</?[A-Za-z][^<>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*'(?!\w)|""[^""]*""|“[^”]*”", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
