using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>What the comparisons of all flows read alike.</summary>
internal static class Sides
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The records of an Intacct query, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> PagesAsync(
        IntacctClient intacct,
        ComparedScope scope,
        IntacctQuery query,
        Func<IntacctRecord, ComparedRecord?> read,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
            yield return [.. page.Records.Select(read).OfType<ComparedRecord>()];
    }

    /// <summary>Rows of a list, read whole where the list leaves out what the details have.</summary>
    public static async Task<IReadOnlyList<T>> WholeAsync<T>(
        IReadOnlyList<T> rows,
        Func<IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, T>>> many
    )
        where T : ZuperRecord
    {
        var parts = rows.Where(r => !r.IsWhole).Select(r => r.Uid).ToList();
        if (parts.Count == 0)
            return rows;
        IReadOnlyDictionary<string, T> whole;
        try
        {
            whole = await many(parts);
        }
        catch (ZuperPartialReadException<T> e)
        {
            whole = e.Found;
        }

        return [.. rows.Select(r => whole.GetValueOrDefault(r.Uid) ?? r)];
    }

    /// <summary>The whole of a record of Zuper.</summary>
    public static JsonNode? Whole<T>(T record)
        where T : ZuperRecord => JsonSerializer.SerializeToNode(record, Json);

    /// <summary>The whole of a record of Intacct.</summary>
    public static JsonNode Whole(IntacctRecord record)
    {
        var whole = new JsonObject();
        foreach (var field in record.Fields)
        {
            if (field.Nested is { } nested)
                whole[field.Name] = Whole(nested);
            else if (field.Value.Length > 0)
                whole[field.Name] = field.Value;
        }

        return whole;
    }

    /// <summary>A filter on a date, both ends included; null for no filter.</summary>
    public static QueryFilter? Within(string field, ComparedScope scope) =>
        QueryFilter.And(
            scope.Since is { } since ? QueryFilter.GreaterThanOrEqualTo(field, Day(since)) : null,
            scope.Until is { } until ? QueryFilter.LessThanOrEqualTo(field, Day(until)) : null
        );

    private static string Day(DateOnly day) =>
        day.ToString("MM/dd/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
