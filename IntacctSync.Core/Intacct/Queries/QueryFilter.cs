using System.Xml;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>A condition of a query: a comparison of one field, or conditions joined by and / or.</summary>
/// <remarks>
/// Values are text as Intacct wants it: times by <see cref="Responses.IntacctTime"/>, numbers invariant. Fields of
/// related objects are dotted. Operators: developer.intacct.com, Queries.
/// </remarks>
public sealed class QueryFilter
{
    /// <summary>How many values <c>in</c> and <c>notin</c> take.</summary>
    public const int MaxValues = 1000;

    private readonly string _operator;
    private readonly string? _field;
    private readonly IReadOnlyList<string> _values;
    private readonly IReadOnlyList<QueryFilter> _parts;

    private QueryFilter(
        string op,
        string? field,
        IReadOnlyList<string> values,
        IReadOnlyList<QueryFilter>? parts = null
    ) => (_operator, _field, _values, _parts) = (op, field, values, parts ?? []);

    public static QueryFilter EqualTo(string field, string value) => new("equalto", field, [value]);

    public static QueryFilter NotEqualTo(string field, string value) => new("notequalto", field, [value]);

    public static QueryFilter GreaterThan(string field, string value) => new("greaterthan", field, [value]);

    public static QueryFilter GreaterThanOrEqualTo(string field, string value) =>
        new("greaterthanorequalto", field, [value]);

    public static QueryFilter LessThan(string field, string value) => new("lessthan", field, [value]);

    public static QueryFilter LessThanOrEqualTo(string field, string value) => new("lessthanorequalto", field, [value]);

    /// <summary>Both ends included.</summary>
    public static QueryFilter Between(string field, string low, string high) => new("between", field, [low, high]);

    /// <summary>'%' stands for any characters and '_' for one.</summary>
    public static QueryFilter Like(string field, string pattern) => new("like", field, [pattern]);

    public static QueryFilter NotLike(string field, string pattern) => new("notlike", field, [pattern]);

    public static QueryFilter IsNull(string field) => new("isnull", field, []);

    public static QueryFilter IsNotNull(string field) => new("isnotnull", field, []);

    /// <summary>One of the values; more than <see cref="MaxValues"/> are split into several conditions.</summary>
    /// <exception cref="ArgumentException">No values: that would match nothing, so there is nothing to ask.</exception>
    public static QueryFilter In(string field, IReadOnlyCollection<string> values) => Or(Split("in", field, values))!;

    /// <summary>None of the values; split like <see cref="In"/>.</summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static QueryFilter NotIn(string field, IReadOnlyCollection<string> values) =>
        And(Split("notin", field, values))!;

    /// <summary>
    /// All of the conditions that are not null; null when none is left, the condition itself when one is.
    /// </summary>
    public static QueryFilter? And(params IEnumerable<QueryFilter?> parts) => Join("and", parts);

    /// <summary>
    /// Any of the conditions that are not null; null when none is left, the condition itself when one is.
    /// </summary>
    public static QueryFilter? Or(params IEnumerable<QueryFilter?> parts) => Join("or", parts);

    internal void Write(XmlWriter writer) =>
        writer.Group(
            _operator,
            w =>
            {
                w.Field("field", _field);
                foreach (var value in _values)
                    w.Field("value", value);
                foreach (var part in _parts)
                    part.Write(w);
            }
        );

    private static QueryFilter? Join(string op, IEnumerable<QueryFilter?> parts) =>
        parts.OfType<QueryFilter>().ToList() switch
        {
            [] => null,
            [var only] => only,
            var several => new QueryFilter(op, null, [], several),
        };

    private static IEnumerable<QueryFilter> Split(string op, string field, IReadOnlyCollection<string> values) =>
        values.Count > 0
            ? values.Chunk(MaxValues).Select(chunk => new QueryFilter(op, field, chunk))
            : throw new ArgumentException(
                $"A filter on {field} names no values: leave the query out instead.",
                nameof(values)
            );
}
