using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// The rows that a filter can let through, by an index where its top node, or a node of its top <c>and</c>, asks an
/// indexed field for certain values. They are held against the whole filter all the same.
/// </summary>
internal static class QueryCandidates
{
    /// <summary>Null where all rows must be looked at.</summary>
    public static IEnumerable<StoredRecord>? Of(RecordTable table, XElement? filter)
    {
        var top = filter?.Elements().FirstOrDefault();
        var nodes =
            top?.Name.LocalName == "and" ? top.Elements()
            : top is null ? []
            : [top];
        foreach (var node in nodes)
            if (
                node.Name.LocalName is "equalto" or "in"
                && table.Candidates(
                    node.Element("field")?.Value.Trim().ToUpperInvariant() ?? "",
                    node.Elements("value").Select(v => v.Value).Distinct(StringComparer.Ordinal)
                )
                    is { } found
            )
                return found.DistinctBy(r => r.RecordNo);
        return null;
    }
}
