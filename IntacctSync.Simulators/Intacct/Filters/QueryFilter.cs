using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>Reads the <c>filter</c> of query (developer.intacct.com/web-services/queries).</summary>
/// <param name="comparand">Finds a field by its name, or refuses it.</param>
internal sealed class QueryFilter(Func<string, Comparand> comparand)
{
    private const int MaxIn = 1000;

    public Condition Read(XElement? filter)
    {
        if (filter is null)
            return Conditions.All;
        var nodes = filter.Elements().ToList();
        return nodes.Count == 1 ? Node(nodes[0]) : throw Wrong("The filter must have exactly one top node");
    }

    private Condition Node(XElement node) =>
        node.Name.LocalName switch
        {
            "and" => Conditions.And(Children(node)),
            "or" => Conditions.Or(Children(node)),
            "equalto" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign == 0)),
            "notequalto" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign != 0)),
            "lessthan" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign < 0)),
            "lessthanorequalto" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign <= 0)),
            "greaterthan" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign > 0)),
            "greaterthanorequalto" => One(node, (field, value) => Conditions.Compare(field, value, sign => sign >= 0)),
            "between" => Between(node),
            "in" => In(node),
            "notin" => Conditions.Not(In(node)),
            "like" => One(node, Conditions.Like),
            "notlike" => One(node, (field, value) => Conditions.Not(Conditions.Like(field, value))),
            "isnull" => Conditions.IsNull(Field(node)),
            "isnotnull" => Conditions.Not(Conditions.IsNull(Field(node))),
            var other => throw Wrong($"Unknown filter operator '{other}'"),
        };

    private List<Condition> Children(XElement node)
    {
        var children = node.Elements().ToList();
        return children.Count >= 2
            ? [.. children.Select(Node)]
            : throw Wrong($"The operator '{node.Name.LocalName}' needs at least two operands");
    }

    private Condition One(XElement node, Func<Comparand, string, Condition> make) =>
        Values(node) is [var value]
            ? make(Field(node), value)
            : throw Wrong($"The operator '{node.Name.LocalName}' needs exactly one value");

    private Condition Between(XElement node)
    {
        if (Values(node) is not [var low, var high])
            throw Wrong("The operator 'between' needs exactly two values");
        var field = Field(node);
        return field.Compare(field.Parse(low), field.Parse(high)) > 0
            ? throw Wrong("The operator 'between' needs the lower value first")
            : Conditions.And([
                Conditions.Compare(field, low, sign => sign >= 0),
                Conditions.Compare(field, high, sign => sign <= 0),
            ]);
    }

    private Condition In(XElement node) =>
        Values(node) is { Count: > 0 and <= MaxIn } values
            ? Conditions.In(Field(node), values)
            : throw Wrong($"The operator '{node.Name.LocalName}' needs 1 to {MaxIn} values");

    private Comparand Field(XElement node) =>
        node.Element("field") is { } field
            ? comparand(field.Value.Trim())
            : throw Wrong($"The operator '{node.Name.LocalName}' needs a field");

    private static List<string> Values(XElement node) => [.. node.Elements("value").Select(v => v.Value)];

    /// <summary>Number and texts are [assumed].</summary>
    private static RefusedException Wrong(string text) => new(new IntacctError("Query Failed", text));
}
