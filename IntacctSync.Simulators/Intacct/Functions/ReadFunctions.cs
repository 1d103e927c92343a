using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// read and readByName: at once up to date; a key that is not there gives no record and no error. At most 100 keys
/// [inferred].
/// </summary>
internal static class ReadFunctions
{
    private const int MaxKeys = 100;

    public static FunctionResult Read(CallContext context, FunctionCall call, FunctionResult result) =>
        Find(
            context,
            call,
            result,
            (table, key) =>
                int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? table.Find(number)
                    : null
        );

    public static FunctionResult ReadByName(CallContext context, FunctionCall call, FunctionResult result) =>
        Find(context, call, result, (table, key) => table.Find(key));

    private static FunctionResult Find(
        CallContext context,
        FunctionCall call,
        FunctionResult result,
        Func<RecordTable, string, StoredRecord?> find
    )
    {
        context.Company.Counters.Add("read", call.Object);
        var table = Tables.Known(context, call.Object);
        var fields = Fields(context, table.Definition, call);
        var withLines = RecordLines.Wanted(table.Definition, call);
        var keys = Texts.List(call.Element.Element("keys")!.Value);
        if (keys.Count > MaxKeys)
            throw RefusedException.Processing();
        var records = keys.Select(key => find(table, key))
            .OfType<StoredRecord>()
            .Select(r =>
                RecordLines.Added(
                    context,
                    table.Definition,
                    withLines,
                    r,
                    RecordXml.Of(context, table.Definition.Name, fields, r)
                )
            )
            .ToList();
        return result with
        {
            Data = new XElement(
                "data",
                new XAttribute("listtype", table.Definition.Name),
                new XAttribute("count", records.Count),
                records
            ),
        };
    }

    private static IReadOnlyList<FieldPath> Fields(CallContext context, ObjectDefinition definition, FunctionCall call)
    {
        var list = call.Element.Element("fields")?.Value.Trim() ?? "";
        if (list is "" or "*")
            return RecordXml.AllFields(context, definition);
        var fields = Texts
            .List(list)
            .Where(name => !RecordLines.IsContainer(definition, name))
            .Select(name => (Name: name, Path: context.Path(definition, name)))
            .ToList();
        var invalid = fields.Where(f => f.Path is null).Select(f => f.Name).ToList();
        return invalid.Count == 0
            ? [.. fields.Select(f => f.Path!)]
            : throw new RefusedException(new IntacctError($"Invalid fields list {string.Join(",", invalid)}", ""));
    }
}
