using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Recoverability;
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
        var (whole, _) = await ReadAsync(() => many(parts));
        return [.. rows.Select(r => whole.GetValueOrDefault(r.Uid) ?? r)];
    }

    /// <summary>Why one that Zuper has out of use needs no counterpart.</summary>
    public const string OutOfUse = "It is not in use in Zuper.";

    private const string Status = "STATUS";
    private const string Inactive = "inactive";

    /// <summary>What is compared of one that is out of use: that alone.</summary>
    public static string?[] OnlyInactive(IEnumerable<string> fields) =>
        [.. fields.Select(f => f == Status ? Inactive : null)];

    public static bool IsInactive(IntacctRecord record) =>
        string.Equals(record[Status]?.Trim(), Inactive, StringComparison.OrdinalIgnoreCase);

    /// <summary>Records by uid, and why some could not be read; what Zuper does not know is in neither.</summary>
    public static async Task<(
        IReadOnlyDictionary<string, T> Found,
        IReadOnlyDictionary<string, ZuperException> Unread
    )> ReadAsync<T>(Func<Task<IReadOnlyDictionary<string, T>>> read)
        where T : ZuperRecord
    {
        try
        {
            return (await read(), new Dictionary<string, ZuperException>(StringComparer.Ordinal));
        }
        catch (ZuperPartialReadException<T> e)
        {
            return (e.Found, e.Failures);
        }
    }

    /// <summary>A record that could not be read.</summary>
    public static ComparedRecord Unread(string id, int fields, ZuperException why) =>
        new(id, "", new string?[fields]) { Unread = Failures.Of(why).Problem };

    /// <summary>Records that are looked up, as they are compared, with those that could not be read.</summary>
    public static async Task<IReadOnlyDictionary<string, ComparedRecord>> FindAsync<T>(
        int fields,
        Func<Task<IReadOnlyDictionary<string, T>>> read,
        Func<string, T, ComparedRecord> of
    )
        where T : ZuperRecord
    {
        var (found, unread) = await ReadAsync(read);
        return found
            .Select(f => KeyValuePair.Create(f.Key, of(f.Key, f.Value)))
            .Concat(unread.Select(u => KeyValuePair.Create(u.Key, Unread(u.Key, fields, u.Value))))
            .DistinctBy(f => f.Key, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
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
