using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Queries;

/// <summary>Records behind a scripted far end, which obeys the filter, order and page size of each query.</summary>
internal sealed class FakeFeed
{
    private readonly List<(int Key, string? Changed)> _records = [];

    /// <summary>
    /// Whether records without a time come before the others or after them; Intacct does not say which.
    /// </summary>
    public bool NullsFirst { get; init; }

    /// <summary>Whether the answers leave out how many records remain.</summary>
    public bool SaysNothing { get; init; }

    public FakeFeed Add(int key, string? changed)
    {
        _records.Add((key, changed));
        return this;
    }

    public HttpResponseMessage Answer(string request)
    {
        var query = XDocument.Parse(request).Descendants("query").Single();
        var size = int.Parse(query.Element("pagesize")!.Value, CultureInfo.InvariantCulture);
        var found = _records.Where(r =>
            query.Element("filter") is not { } filter || Holds(filter.Elements().Single(), r)
        );
        var byChange = query.Descendants("order").First().Element("field")!.Value == "WHENMODIFIED";
        var ordered = byChange
            ? found
                .OrderBy(r => r.Changed is null ? !NullsFirst : NullsFirst)
                .ThenBy(r => r.Changed, StringComparer.Ordinal)
                .ThenBy(r => r.Key)
                .ToList()
            : [.. found.OrderBy(r => r.Key)];
        var page = ordered.Take(size).ToList();
        var xml = string.Concat(
            page.Select(r =>
                $"<CUSTOMER><RECORDNO>{r.Key}</RECORDNO><WHENMODIFIED>{r.Changed}</WHENMODIFIED></CUSTOMER>"
            )
        );
        var answer = Answers.Page(request, xml, page.Count, ordered.Count - page.Count);
        return StubHandler.Answer(
            SaysNothing ? answer.Replace("numremaining=", "other=", StringComparison.Ordinal) : answer
        );
    }

    private static bool Holds(XElement condition, (int Key, string? Changed) record)
    {
        if (condition.Name.LocalName is "and" or "or")
        {
            var parts = condition.Elements().Select(c => Holds(c, record)).ToList();
            return condition.Name.LocalName == "and" ? parts.TrueForAll(p => p) : parts.Contains(true);
        }

        var isKey = condition.Element("field")!.Value == "RECORDNO";
        var actual = isKey ? record.Key.ToString("D9", CultureInfo.InvariantCulture) : record.Changed;
        if (condition.Name.LocalName == "isnull")
            return actual is null;
        var value = condition.Element("value")!.Value;
        var order = string.CompareOrdinal(actual, isKey ? value.PadLeft(9, '0') : value);
        return actual is not null
            && condition.Name.LocalName switch
            {
                "greaterthan" => order > 0,
                "equalto" => order == 0,
                var other => throw new InvalidOperationException($"The fake knows no {other}."),
            };
    }
}
