using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Filters;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// query: each page is a new look at the live records, so that rows can shift between pages; without orderby in no
/// order.
/// </summary>
internal static class QueryFunction
{
    private const int DefaultPage = 100;
    private const int MaxPage = 2000;

    public static FunctionResult Run(CallContext context, FunctionCall call, FunctionResult result)
    {
        context.Company.Counters.Add("query", call.Object);
        AuditPermission.Require(context, call.Object);
        var table =
            context.Books.Table(call.Object)
            ?? throw new RefusedException(
                new IntacctError(
                    "XL03000009",
                    $"Object definition {call.Object} not found",
                    "There was an error processing the function"
                )
            );
        var options = QueryOptions.Of(call.Element);
        var select = call.Element.Element("select")!.Elements().ToList();
        var pageSize = Texts.Number(call.Element, "pagesize", DefaultPage, 1, MaxPage);
        var offset = Texts.Number(call.Element, "offset", 0, 0, int.MaxValue);
        var filter = new QueryFilter(name => Comparand(context, table, name, options.IgnoreCase)).Read(
            call.Element.Element("filter")
        );
        if (select.Count == 0)
            throw new RefusedException(new IntacctError("Query Failed", "The select element names no field"));

        var rows = Rows(context, table, options, filter, call.Element.Element("filter"));
        return select.All(s => s.Name.LocalName == "count")
            ? result with
            {
                Data = Counted(context, table, select, rows),
            }
            : result with
            {
                Data = Page(context, table, call, select, rows, pageSize, offset),
            };
    }

    private static StoredRecord[] Rows(
        CallContext context,
        RecordTable table,
        QueryOptions options,
        Condition filter,
        XElement? asked
    )
    {
        var entity = context.Session.Entity;
        var rows = (
            (context.SeenAsOf is null && !options.IgnoreCase ? QueryCandidates.Of(table, asked) : null)
            ?? table.Rows(context.SeenAsOf)
        )
            .Where(r =>
                entity.Length > 0
                    ? r["MEGAENTITYID"] is "" || r["MEGAENTITYID"] == entity
                    : options.ShowPrivate || r["MEGAENTITYID"] is ""
            )
            .Where(r => filter(r) == true)
            .ToArray();
        context.Random.Shuffle(rows);
        return rows;
    }

    private static XElement Page(
        CallContext context,
        RecordTable table,
        FunctionCall call,
        List<XElement> select,
        StoredRecord[] rows,
        int pageSize,
        int offset
    )
    {
        if (select.Find(s => s.Name.LocalName != "field") is { } aggregate)
            throw RefusedException.Generic(
                $"This simulator does not serve the aggregate {aggregate.Name.LocalName} beside fields yet."
            );
        var fields = select.ConvertAll(s => Path(context, table, s.Value));
        var page = Sorted(context, table, call, rows)
            .Skip(offset)
            .Take(pageSize)
            .Select(r => RecordXml.Of(context, table.Definition.Name, fields, r))
            .ToList();
        return Data(table, rows.Length, offset, page);
    }

    private static XElement Counted(
        CallContext context,
        RecordTable table,
        List<XElement> select,
        StoredRecord[] rows
    ) =>
        Data(
            table,
            1,
            0,
            [
                new XElement(
                    table.Definition.Name,
                    select
                        .Select(s => Path(context, table, s.Value))
                        .Select(path => new XElement(
                            $"COUNT.{path.Name}",
                            rows.Count(r => path.Text(r, context.Books, context.Offset).Length > 0)
                                .ToString(CultureInfo.InvariantCulture)
                        ))
                ),
            ]
        );

    private static XElement Data(RecordTable table, int total, int offset, List<XElement> page) =>
        new(
            "data",
            new XAttribute("listtype", table.Definition.Name),
            new XAttribute("totalcount", total),
            new XAttribute("offset", offset),
            new XAttribute("count", page.Count),
            new XAttribute("numremaining", Math.Max(0, total - offset - page.Count)),
            page
        );

    private static IEnumerable<StoredRecord> Sorted(
        CallContext context,
        RecordTable table,
        FunctionCall call,
        StoredRecord[] rows
    )
    {
        IEnumerable<StoredRecord> sorted = rows;
        // The first order decides, so it is applied last; the sorts are stable.
        foreach (var order in call.Element.Elements("orderby").Elements("order").Reverse())
        {
            var comparand = Comparand(context, table, order.Element("field")?.Value ?? "", ignoreCase: false);
            sorted = order.Element("descending") is null
                ? sorted.OrderBy(comparand.Of, comparand)
                : sorted.OrderByDescending(comparand.Of, comparand);
        }
        return sorted;
    }

    private static Comparand Comparand(CallContext context, RecordTable table, string name, bool ignoreCase) =>
        new(Path(context, table, name), context.Books, context.Offset) { IgnoreCase = ignoreCase };

    private static FieldPath Path(CallContext context, RecordTable table, string name) =>
        context.Path(table.Definition, name)
        ?? throw new RefusedException(
            new IntacctError(
                "XL03000010",
                $"Field requested is not valid: {table.Definition.Name.ToLowerInvariant()}.{name.Trim()}"
            )
        );
}
