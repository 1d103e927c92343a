using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Intacct.Queries;

/// <summary>A <c>query</c> of one object (developer.intacct.com, Queries).</summary>
/// <param name="Object">For example CUSTOMER.</param>
/// <param name="Fields">The fields to read, dotted for related objects; those that paging needs are added.</param>
public sealed record IntacctQuery(string Object, IReadOnlyList<string> Fields)
{
    /// <summary>The most that one page holds.</summary>
    public const int MaxPageSize = 2000;

    public QueryFilter? Filter { get; init; }

    public QueryOrder Order { get; init; } = QueryOrder.ByKey();

    /// <summary>1 to <see cref="MaxPageSize"/>. Each page is a transaction.</summary>
    public int PageSize { get; init; } = MaxPageSize;

    /// <summary>Whether comparisons of text ignore case; Intacct's default is that they do not.</summary>
    public bool CaseInsensitive { get; init; }

    /// <summary>Whether the top level sees the records that belong to entities.</summary>
    public bool ShowPrivate { get; init; } = true;

    /// <summary>
    /// The transaction definition whose custom fields are shown, for documents of Order Entry; null for other objects.
    /// </summary>
    public string? Definition { get; init; }

    internal IntacctFunction Page(ControlId controlId, QueryFilter? filter, IEnumerable<string> order) =>
        FunctionXml.Write(
            controlId,
            "query",
            w =>
            {
                w.Field("object", Object);
                w.Group(
                    "select",
                    s =>
                    {
                        foreach (var field in Selected())
                            s.Field("field", field);
                    }
                );
                if (filter is not null)
                    w.Group("filter", filter.Write);
                w.Group(
                    "orderby",
                    o =>
                    {
                        foreach (var field in order)
                        {
                            o.Group(
                                "order",
                                one =>
                                {
                                    one.Field("field", field);
                                    one.Field("ascending", "");
                                }
                            );
                        }
                    }
                );
                w.Group(
                    "options",
                    o =>
                    {
                        o.Field("caseinsensitive", CaseInsensitive);
                        o.Field("showprivate", ShowPrivate);
                    }
                );
                w.Field("pagesize", Math.Clamp(PageSize, 1, MaxPageSize).ToString(CultureInfo.InvariantCulture));
                w.Field("docparid", Definition);
            }
        );

    private IEnumerable<string> Selected() =>
        Fields
            .Append(Order.KeyField)
            .Concat(Order.ChangedField is { } changed ? [changed] : [])
            .Distinct(StringComparer.OrdinalIgnoreCase);
}
