using System.Globalization;
using System.Text.RegularExpressions;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// What became of an entity group transaction: an ETag for each row, or the one refusal with the index of its row.
/// </summary>
/// <remarks>The service puts the index before its words, as in <c>2:The specified entity already exists.</c></remarks>
internal sealed partial record BatchAnswer(IReadOnlyList<string> ETags, TableFault? Refusal, int RefusedIndex)
{
    /// <exception cref="TableUnavailableException">The answer is none to this batch, so what became of it is not
    /// known.</exception>
    public static BatchAnswer Read(string text, int count)
    {
        var etags = new List<string>();
        foreach (Match part in Part().Matches(text))
        {
            var status = int.Parse(part.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
            if (status is < 200 or >= 300)
                return Refused(status, part.Groups["body"].Value, count);
            var etag = ETagLine().Match(part.Groups["head"].Value);
            etags.Add(etag.Success ? etag.Groups["etag"].Value : "");
        }

        return etags.Count == count
            ? new BatchAnswer(etags, null, 0)
            : throw new TableUnavailableException(
                $"Azure Tables answered to {etags.Count} rows of a batch of {count}; whether it was kept is not known."
            );
    }

    private static BatchAnswer Refused(int status, string body, int count)
    {
        var fault = TableFault.Read(status, BinaryData.FromString(body), null);
        var index = Index().Match(fault.Text);
        var named = index.Success ? int.Parse(index.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return named < count
            ? new BatchAnswer([], fault, named)
            : throw new TableUnavailableException($"Azure Tables refused row {named} of a batch of {count} ({fault}).");
    }

    [GeneratedRegex(
        @"^HTTP/1\.1 (?<status>\d{3})[^\n]*\n(?<head>(?:[^\r\n]+\r?\n)*)\r?\n?(?<body>(?:(?!--)[^\n]*\n)*)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Part();

    [GeneratedRegex(
        @"^ETag:\s*(?<etag>[^\r\n]+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex ETagLine();

    [GeneratedRegex(@"^(?<index>\d{1,3}):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Index();
}
