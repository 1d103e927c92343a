using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>Reading records one by one and by the page, the same way for all kinds.</summary>
public sealed partial class UpflowClient
{
    /// <summary>The most that a page may have (seen so on the real service).</summary>
    public const int PageSize = 500;

    /// <summary>
    /// The lists of so many customers are read one by one; of more, the list of all may take fewer calls.
    /// </summary>
    public const int MostCustomerLists = 20;

    /// <summary>A call that any pair of keys may make.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public Task ProbeAsync(UpflowAccount account, CancellationToken cancellationToken) =>
        PageAsync(account, UpflowKind.Customer, 0, 1, null, RequestPriority.Live, cancellationToken);

    /// <summary>One record; null when Upflow does not know it.</summary>
    /// <exception cref="UpflowException">The call failed.</exception>
    public async Task<UpflowRead?> FindAsync(
        UpflowAccount account,
        UpflowKind kind,
        UpflowReference record,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var call = new UpflowCall(
            account,
            HttpMethod.Get,
            $"{kind.Path}/{{id}}",
            account.Address($"{kind.Path}/{record.InPath}")
        )
        {
            Priority = priority,
        };
        try
        {
            var answer = await SendAsync(call, cancellationToken);
            return answer.Json is { ValueKind: JsonValueKind.Object } json
                ? new UpflowRead(json)
                : throw new UpflowException(UpflowFailure.Unreadable, $"Upflow's answer to {call.Told} is no record.");
        }
        catch (UpflowException e) when (e.Failure == UpflowFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>All records of a kind, a page at a time. Filters by state or date are not offered: Upflow ignores
    /// them.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="kind">Of which kind.</param>
    /// <param name="customerId">Only those of a customer, by Upflow's id; null for all.</param>
    /// <param name="priority">Of the calls.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UpflowException">A call failed, or the pages repeat.</exception>
    public async IAsyncEnumerable<UpflowRead> ListAsync(
        UpflowAccount account,
        UpflowKind kind,
        string? customerId,
        RequestPriority priority,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0;
        while (true)
        {
            var page = await PageAsync(account, kind, offset, PageSize, customerId, priority, cancellationToken);
            var anyNew = false;
            foreach (var record in page.Records)
            {
                // A record that moves while the list is read is met twice.
                if (record.Id is { } id && !seen.Add(id))
                    continue;
                anyNew = true;
                yield return record;
            }

            // Before the end as well: what stands in the place of the repeated records was not read.
            if (page.Records.Count > 0 && !anyNew)
                throw Repeats(kind, offset);
            offset += page.Records.Count;
            if (page.IsLast)
                yield break;
        }
    }

    /// <summary>
    /// All records of a kind that some customers have: the list of each, or the list of all where that has fewer pages.
    /// Then those of others are among them.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="kind">Of which kind.</param>
    /// <param name="customerIds">The customers, by Upflow's ids.</param>
    /// <param name="priority">Of the calls.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UpflowException">A call failed, or the pages repeat.</exception>
    public async IAsyncEnumerable<UpflowRead> ListOfAsync(
        UpflowAccount account,
        UpflowKind kind,
        IReadOnlyCollection<string> customerIds,
        RequestPriority priority,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IEnumerable<string?> lists = customerIds;
        if (customerIds.Count > MostCustomerLists)
        {
            var total = await CountAsync(account, kind, priority, cancellationToken);
            if (total == 0)
                yield break;
            if (total <= (long)PageSize * customerIds.Count)
                lists = [null];
        }

        foreach (var customer in lists)
        {
            await foreach (var record in ListAsync(account, kind, customer, priority, cancellationToken))
                yield return record;
        }
    }

    /// <summary>How many records of a kind there are; null where there are some and the list tells no total.</summary>
    /// <exception cref="UpflowException">The call failed, or the answer is no list.</exception>
    public async Task<long?> CountAsync(
        UpflowAccount account,
        UpflowKind kind,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var page = await PageAsync(account, kind, 0, 1, null, priority, cancellationToken);
        return page.Total ?? (page.Records.Count == 0 ? 0 : null);
    }

    internal static UpflowException Repeats(UpflowKind kind, int offset) =>
        new(
            UpflowFailure.Unreadable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Upflow shows the same page of {kind.Path} again at offset {offset}. The list can't be read."
            )
        );

    /// <summary>
    /// One page of a list. It holds fewer records than asked for where so many are too large an answer.
    /// </summary>
    /// <exception cref="UpflowException">The call failed, or the answer is no list.</exception>
    public async Task<UpflowPage> PageAsync(
        UpflowAccount account,
        UpflowKind kind,
        int offset,
        int limit,
        string? customerId,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        for (var size = limit; ; size /= 2)
        {
            try
            {
                return await PageOfAsync(account, kind, offset, size, customerId, priority, cancellationToken);
            }
            catch (UpflowException e) when (e.Failure == UpflowFailure.TooLarge && size > 1)
            {
                // Each record may be of a size that is read, and all of them together not.
            }
        }
    }

    private async Task<UpflowPage> PageOfAsync(
        UpflowAccount account,
        UpflowKind kind,
        int offset,
        int limit,
        string? customerId,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"{kind.Path}?offset={offset}&limit={limit}");
        if (customerId is not null)
            query += $"&customerId={Uri.EscapeDataString(customerId)}";
        var call = new UpflowCall(account, HttpMethod.Get, kind.Path, account.Address(query)) { Priority = priority };
        var answer = await SendAsync(call, cancellationToken);
        if (Rows(answer.Json, kind) is not { } rows)
            throw new UpflowException(
                UpflowFailure.Unreadable,
                $"Upflow's answer to {call.Told} holds no list named {kind.ListName} or items."
            )
            {
                Status = answer.Status,
            };
        var records = rows.Where(r => r.ValueKind == JsonValueKind.Object).Select(r => new UpflowRead(r)).ToList();
        var total = UpflowJson.Whole(answer.Json, "total");
        var most = Math.Min(limit, UpflowJson.Whole(answer.Json, "limit") is > 0 and var said ? said : limit);
        return new UpflowPage(records, total)
        {
            IsLast = records.Count == 0 || (total is { } all ? offset + records.Count >= all : records.Count < most),
        };
    }

    /// <summary>The custom fields that the organisation has defined.</summary>
    /// <exception cref="UpflowException">A call failed.</exception>
    public async Task<IReadOnlyList<UpflowFieldDefinition>> ListCustomFieldsAsync(
        UpflowAccount account,
        CancellationToken cancellationToken
    )
    {
        var fields = new List<UpflowFieldDefinition>();
        await foreach (
            var field in ListAsync(account, UpflowKind.CustomField, null, RequestPriority.Live, cancellationToken)
        )
        {
            if (field is { Id: { } id, Name: { } name })
                fields.Add(new UpflowFieldDefinition(id, name, UpflowJson.Text(field.Json, "entity"), field.Type));
        }

        return fields;
    }

    /// <summary>The rows of a list, under either name or as a bare list; null where there is none.</summary>
    private static IEnumerable<JsonElement>? Rows(JsonElement? json, UpflowKind kind) =>
        json switch
        {
            { ValueKind: JsonValueKind.Array } bare => bare.EnumerateArray(),
            _ when UpflowJson.Member(json, kind.ListName) is { ValueKind: JsonValueKind.Array } named =>
                named.EnumerateArray(),
            _ when UpflowJson.Member(json, "items") is { ValueKind: JsonValueKind.Array } items =>
                items.EnumerateArray(),
            _ => null,
        };
}

/// <summary>A page of a list.</summary>
/// <param name="Records">Its records.</param>
/// <param name="Total">How many there are in all; null where the list does not tell.</param>
public sealed record UpflowPage(IReadOnlyList<UpflowRead> Records, long? Total)
{
    /// <summary>
    /// Whether nothing is behind it: all that the list tells of were read, or, where it tells no total, the page holds
    /// fewer than it may. Which lists tell a total is not published.
    /// </summary>
    public required bool IsLast { get; init; }
}
