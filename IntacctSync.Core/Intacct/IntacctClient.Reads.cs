using System.Runtime.CompilerServices;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Intacct;

public sealed partial class IntacctClient
{
    /// <summary>Every record of a query, in its order, read page by page as they are asked for.</summary>
    /// <exception cref="IntacctException">A page failed; what was given before stands.</exception>
    public async IAsyncEnumerable<IntacctRecord> QueryAsync(
        IntacctCredentials credentials,
        IntacctQuery query,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in QueryPagesAsync(credentials, query, ct).ConfigureAwait(false))
        {
            foreach (var record in page.Records)
                yield return record;
        }
    }

    /// <summary>
    /// A query's pages, for callers that move a cursor; see <see cref="IntacctPage.FullyReadTo"/>. A feed may give a
    /// page without records.
    /// </summary>
    /// <exception cref="IntacctException">A page failed; what was given before stands.</exception>
    public IAsyncEnumerable<IntacctPage> QueryPagesAsync(
        IntacctCredentials credentials,
        IntacctQuery query,
        CancellationToken ct
    ) =>
        query.Order.ChangedField is null
            ? KeyPaging.PagesAsync(query, query.Filter, Pages(credentials, query), ct)
            : ChangePaging.PagesAsync(query, Pages(credentials, query), ct);

    /// <summary>
    /// Records by the object's name field, up to 100 keys in a function; those that do not exist are left out, in no
    /// certain order.
    /// </summary>
    /// <remarks>A key that holds a comma cannot be read by name and is asked for by query.</remarks>
    /// <exception cref="IntacctException">A read failed.</exception>
    /// <exception cref="ArgumentException">No fields; or a key with a comma and an object whose name field is not
    /// known, or fields <c>*</c>.</exception>
    public async Task<IReadOnlyList<IntacctRecord>> ReadByNameAsync(
        IntacctCredentials credentials,
        string objectName,
        IReadOnlyCollection<string> keys,
        IReadOnlyList<string> fields,
        CancellationToken ct
    )
    {
        var byKey = keys.Distinct(StringComparer.Ordinal).ToLookup(k => k.Contains(',', StringComparison.Ordinal));
        List<IntacctRecord> records =
        [
            .. await ReadByKeysAsync(
                    credentials,
                    [.. byKey[false]],
                    fields,
                    (id, some) => ReadRequests.ReadByName(id, objectName, some, fields),
                    ct
                )
                .ConfigureAwait(false),
        ];
        if (byKey[true].Any())
        {
            var query = NameFields.QueryFor(objectName, [.. byKey[true]], fields);
            await foreach (var record in QueryAsync(credentials, query, ct).ConfigureAwait(false))
                records.Add(record);
        }

        return records;
    }

    /// <summary>Records by RECORDNO; as <see cref="ReadByNameAsync"/>.</summary>
    /// <exception cref="IntacctException">A read failed.</exception>
    public Task<IReadOnlyList<IntacctRecord>> ReadAsync(
        IntacctCredentials credentials,
        string objectName,
        IReadOnlyCollection<string> recordNos,
        IReadOnlyList<string> fields,
        CancellationToken ct
    ) =>
        ReadByKeysAsync(
            credentials,
            [.. recordNos.Distinct(StringComparer.Ordinal)],
            fields,
            (id, some) => ReadRequests.Read(id, objectName, some, fields),
            ct
        );

    /// <summary>The printed form of a document, in base 64.</summary>
    /// <param name="credentials">Whose session.</param>
    /// <param name="objectName">Such as ARINVOICE.</param>
    /// <param name="recordNo">Its RECORDNO.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <returns>Null where Intacct gave none.</returns>
    /// <exception cref="IntacctException">It was refused.</exception>
    public async Task<string?> RetrievePdfAsync(
        IntacctCredentials credentials,
        string objectName,
        string recordNo,
        CancellationToken ct
    )
    {
        var function = ReadRequests.Pdf(NewControlId(), objectName, recordNo);
        var response = await ReadAsync(credentials, [function], ct).ConfigureAwait(false);
        return Succeeded(response.Results[0]).Records.Select(r => r["pdfdata"]).OfType<string>().FirstOrDefault();
    }

    private async Task<IReadOnlyList<IntacctRecord>> ReadByKeysAsync(
        IntacctCredentials credentials,
        IReadOnlyList<string> keys,
        IReadOnlyList<string> fields,
        Func<ControlId, string[], IntacctFunction> function,
        CancellationToken ct
    )
    {
        if (fields.Count == 0)
            throw new ArgumentException("Name the fields to read, or '*' for all.", nameof(fields));
        List<IntacctRecord> records = [];
        foreach (var some in keys.Chunk(NameFields.MaxKeys * NameFields.MaxFunctions))
            await ReadSomeAsync(credentials, some, function, records, ct).ConfigureAwait(false);
        return records;
    }

    /// <summary>In one request; in two where so many records are too large an answer.</summary>
    private async Task ReadSomeAsync(
        IntacctCredentials credentials,
        string[] keys,
        Func<ControlId, string[], IntacctFunction> function,
        List<IntacctRecord> records,
        CancellationToken ct
    )
    {
        try
        {
            List<IntacctFunction> functions =
            [
                .. keys.Chunk(NameFields.MaxKeys).Select(some => function(NewControlId(), some)),
            ];
            var response = await ReadAsync(credentials, functions, ct).ConfigureAwait(false);
            foreach (var result in response.Results)
                records.AddRange(Succeeded(result).Records);
        }
        catch (IntacctException e) when (e.Failure == IntacctFailure.TooLarge && keys.Length > 1)
        {
            await ReadSomeAsync(credentials, keys[..(keys.Length / 2)], function, records, ct).ConfigureAwait(false);
            await ReadSomeAsync(credentials, keys[(keys.Length / 2)..], function, records, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Reads pages that get smaller where so many records are too large an answer.</summary>
    private ReadPage Pages(IntacctCredentials credentials, IntacctQuery query)
    {
        var sized = query;
        return async (filter, order, ct) =>
        {
            while (true)
            {
                try
                {
                    var function = sized.Page(NewControlId(), filter, order);
                    var response = await ReadAsync(credentials, [function], ct).ConfigureAwait(false);
                    return PageAnswer.From(sized, Succeeded(response.Results[0]), response);
                }
                catch (IntacctException e) when (e.Failure == IntacctFailure.TooLarge && sized.PageSize > 1)
                {
                    sized = sized with { PageSize = sized.PageSize / 2 };
                }
            }
        };
    }

    /// <summary>Sends functions that only read.</summary>
    private Task<IntacctResponse> ReadAsync(
        IntacctCredentials credentials,
        IReadOnlyList<IntacctFunction> functions,
        CancellationToken ct
    ) => LimitPause.ReadAsync(() => SendAsync(credentials, functions, uniqueId: false, CallEffect.Reads, ct), ct);

    private ControlId NewControlId() => new(_ids.NewId());

    private static FunctionResult Succeeded(FunctionResult result) =>
        result.Failure is not { } failure
            ? result
            : throw new IntacctException(
                failure,
                $"Intacct refused {result.Function}: {result.Errors}",
                result.Errors,
                outcomeUnknown: result.Status == FunctionStatus.Unknown
            );
}
