using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// A record as an answer shows it: an empty element for each field that has no value, dotted names for nested ones.
/// </summary>
internal static class RecordXml
{
    public static XElement Of(CallContext context, string element, IReadOnlyList<FieldPath> fields, StoredRecord record)
    {
        var xml = new XElement(element);
        foreach (var field in fields)
            xml.Add(new XElement(field.Name, field.Text(record, context.Books, context.Offset)));
        return xml;
    }

    /// <summary>What <c>*</c> stands for: own fields, those of the display contact, custom fields.</summary>
    public static IReadOnlyList<FieldPath> AllFields(CallContext context, ObjectDefinition definition)
    {
        var names = definition.Fields.Select(f => f.Name);
        if (definition.Relation("DISPLAYCONTACT") is { } contact)
            names = names.Concat(
                context
                    .Books[contact.Target]
                    .Definition.Fields.Where(f => !f.ReadOnly)
                    .Select(f => $"{contact.Path}.{f.Name}")
            );
        names = names.Concat(
            context
                .Options.CustomFields.Where(f =>
                    f.StartsWith($"{definition.Name}.", StringComparison.OrdinalIgnoreCase)
                )
                .Select(f => f[(definition.Name.Length + 1)..])
        );
        return [.. names.Select(name => context.Path(definition, name)).OfType<FieldPath>()];
    }
}
