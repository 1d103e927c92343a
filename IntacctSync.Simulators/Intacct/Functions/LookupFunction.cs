using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// lookup: the fields and relationships of an object. Custom fields of Order Entry are those of a transaction
/// definition, and shown only where docparid names one.
/// </summary>
internal static class LookupFunction
{
    public static FunctionResult Run(CallContext context, FunctionCall call, FunctionResult result)
    {
        var definition = Tables.Known(context, call.Object).Definition;
        var fields = RecordXml.AllFields(context, definition);
        if (definition.Name is "SODOCUMENT" or "SODOCUMENTENTRY" && !IsDefinition(context, call))
            fields = [.. fields.Where(f => !f.Field.Custom)];
        return result with
        {
            Data = new XElement(
                "data",
                new XAttribute("listtype", "All"),
                new XAttribute("count", 1),
                new XElement(
                    "Type",
                    new XAttribute("Name", definition.Name),
                    new XAttribute("DocumentType", ""),
                    new XElement("Fields", fields.Select(Field)),
                    new XElement("Relationships", definition.Relations.Select(Relationship))
                )
            ),
        };
    }

    private static bool IsDefinition(CallContext context, FunctionCall call) =>
        call.Element.Element("docparid")?.Value.Trim() is { Length: > 0 } name
        && context.Company.Setup.TransactionDefinitions.Any(d => d.Name == name);

    private static XElement Field(FieldPath path) =>
        new(
            "Field",
            new XElement("ID", path.Name),
            new XElement("LABEL", path.Name),
            new XElement("DESCRIPTION", "No description specified"),
            new XElement("REQUIRED", path.Field.Required),
            new XElement("READONLY", path.Field.ReadOnly),
            new XElement("DATATYPE", path.Field.DataType),
            path.Field.Values.Count == 0
                ? null
                : new XElement("VALIDVALUES", path.Field.Values.Select(v => new XElement("VALIDVALUE", v.Label))),
            new XElement("ISCUSTOM", path.Field.Custom)
        );

    private static XElement Relationship(Relation relation) =>
        new(
            "Relationship",
            new XElement("OBJECTPATH", relation.Path),
            new XElement("OBJECTNAME", relation.Target),
            new XElement("LABEL"),
            new XElement("RELATIONSHIPTYPE", "MANY2ONE"),
            new XElement("RELATEDBY", relation.KeyField)
        );
}
