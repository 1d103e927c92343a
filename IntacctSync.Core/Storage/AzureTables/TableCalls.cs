using Azure;
using Azure.Data.Tables;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// Calls Azure's client, which tries again what was throttled or had no answer, and tells what its answers mean.
/// </summary>
internal sealed class TableCalls(TableClient client, Uri endpoint)
{
    /// <exception cref="TableUnavailableException">There is no answer, or one that only says that the service
    /// failed.</exception>
    public async Task<TableAnswer<T>> CallAsync<T>(
        Func<TableClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = new SendingCount();
        using var counting = count.Begin();
        try
        {
            return new TableAnswer<T>(await call(client, cancellationToken), null, count.Repeated);
        }
        catch (RequestFailedException refused) when (refused.Status >= 300)
        {
            var fault = TableFault.Of(refused);
            ThrowIfUnavailable(fault);
            return new TableAnswer<T>(default, fault, count.Repeated);
        }
        catch (Exception lost) when (lost is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            throw new TableUnavailableException(
                $"Azure Tables at {endpoint} did not answer ({Reason(lost)}). Check that it runs and can be "
                    + $"reached from here.",
                lost
            );
        }
    }

    /// <summary>Makes the table, unless it exists already.</summary>
    public async Task CreateTableAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync((table, token) => table.CreateIfNotExistsAsync(token), cancellationToken);
        if (answer.Fault is { } fault)
            throw Refusal(fault);
    }

    /// <summary>A refusal that can only come from a defect, so trying again would not help.</summary>
    public static InvalidOperationException Refusal(TableFault fault) =>
        new($"Azure Tables refused the request: {fault}.");

    private void ThrowIfUnavailable(TableFault fault)
    {
        if (fault.Forbids)
        {
            throw new TableUnavailableException(
                $"Azure Tables at {endpoint} refused entry ({fault}). Check the account's key or signature, or give "
                    + $"the identity the role Storage Table Data Contributor."
            );
        }

        if (fault.Temporary)
            throw new TableUnavailableException($"Azure Tables at {endpoint} is too busy or out of order ({fault}).");
    }

    private static string Reason(Exception lost) =>
        lost switch
        {
            AggregateException { InnerExceptions: [.., var last] } => Reason(last),
            TaskCanceledException => "it took too long",
            _ => lost.Message.Split('\n')[0].Trim(),
        };
}

/// <summary>What came of one call.</summary>
/// <param name="Value">What the client returned; none where the service refused.</param>
/// <param name="Fault">The refusal; null where there is none.</param>
/// <param name="Repeated">True where an earlier sending had no answer or a failure, so that this may answer to what an
/// earlier one did.</param>
internal sealed record TableAnswer<T>(T? Value, TableFault? Fault, bool Repeated);
