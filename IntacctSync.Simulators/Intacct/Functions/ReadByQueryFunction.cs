using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Filters;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// readByQuery and readMore: a scan of what was there when it began, in no order, with lower-case elements and codes in
/// place of labels.
/// </summary>
internal static class ReadByQueryFunction
{
    private const int DefaultPage = 100;

    // The documentation says 1000; a live company took 2000.
    private const int MaxPage = 2000;

    public static FunctionResult Run(CallContext context, FunctionCall call, FunctionResult result)
    {
        context.Company.Counters.Add("query", call.Object);
        AuditPermission.Require(context, call.Object);
        var table = Tables.Known(context, call.Object);
        var pageSize = Texts.Number(call.Element, "pagesize", DefaultPage, 1, MaxPage);
        var fields = Fields(context, table.Definition, call.Element.Element("fields")?.Value.Trim() ?? "*");
        var filter = new QueryExpression(
            call.Element.Element("query")!.Value,
            name => Comparand(context, table, name)
        ).Read();
        var rows = table.Rows(context.SeenAsOf).Where(r => filter(r) == true).ToArray();
        context.Random.Shuffle(rows);
        var set = new ResultSet("", context.Owner, table, rows, fields, pageSize);
        return result with { Data = Page(context, rows.Length > pageSize ? context.Company.Results.Keep(set) : set) };
    }

    public static FunctionResult More(CallContext context, FunctionCall call, FunctionResult result)
    {
        var key = call.Element.Elements().Single().Value.Trim();
        var set =
            context.Company.Results.Find(key, context.Owner)
            ?? throw new RefusedException(
                new IntacctError("Query Failed", $"No result set '{key}' was found for this session")
            );
        context.Company.Counters.Add("query", set.Table.Definition.Name);
        return result with { Data = Page(context, set) };
    }

    private static XElement Page(CallContext context, ResultSet set)
    {
        var element = set.Table.Definition.Name.ToLowerInvariant();
        var page = set
            .Rows.Skip(set.Position)
            .Take(set.PageSize)
            .Select(r => RecordXml.Of(context, element, set.Fields, r))
            .ToList();
        set.Position += page.Count;
        return new XElement(
            "data",
            new XAttribute("listtype", element),
            new XAttribute("count", page.Count),
            new XAttribute("totalcount", set.Rows.Count),
            new XAttribute("numremaining", set.Rows.Count - set.Position),
            new XAttribute("resultId", set.Id),
            page
        );
    }

    private static IReadOnlyList<FieldPath> Fields(CallContext context, ObjectDefinition definition, string list) =>
        list is "" or "*"
            ? RecordXml.AllFields(context, definition)
            :
            [
                .. Texts
                    .List(list)
                    .Select(name => context.Path(definition, name) ?? throw RefusedException.Processing()),
            ];

    private static Comparand Comparand(CallContext context, RecordTable table, string name) =>
        new(context.Path(table.Definition, name) ?? throw RefusedException.Processing(), context.Books, context.Offset)
        {
            Raw = true,
        };
}
