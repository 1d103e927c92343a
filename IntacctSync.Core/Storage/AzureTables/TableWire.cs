using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// Sends requests to one table. The pipeline signs them and tries again what was throttled or had no answer.
/// </summary>
internal sealed class TableWire
{
    private const string Json = "application/json";
    private static readonly string[] Scopes = ["https://storage.azure.com/.default"];

    private readonly HttpPipeline _pipeline;
    private readonly Uri _endpoint;

    public TableWire(TableAccount account, TimeProvider time, AzureTableOptions options)
    {
        HttpPipelinePolicy entry = account.Credential is { } credential
            ? new BearerTokenAuthenticationPolicy(credential, Scopes)
            : new SharedKeyPolicy(account.Name!, account.Key!, time);
        _pipeline = HttpPipelineBuilder.Build(options, entry);
        _endpoint = account.Endpoint;
        Address = new TableAddress(account.Endpoint, options.Table);
    }

    public TableAddress Address { get; }

    /// <exception cref="TableUnavailableException">There is no answer, or none that says more than that.</exception>
    public Task<TableAnswer> SendAsync(
        RequestMethod method,
        Uri uri,
        ReadOnlyMemory<byte>? body,
        string? ifMatch,
        CancellationToken cancellationToken
    ) => SendAsync(method, uri, body, ifMatch, Json, cancellationToken);

    /// <exception cref="TableUnavailableException">There is no answer, or none that says more than that.</exception>
    public async Task<TableAnswer> SendAsync(
        RequestMethod method,
        Uri uri,
        ReadOnlyMemory<byte>? body,
        string? ifMatch,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var message = _pipeline.CreateMessage();
        Fill(message.Request, method, uri, body, ifMatch, contentType);
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception lost) when (lost is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            throw new TableUnavailableException(
                $"Azure Tables at {_endpoint} did not answer ({Reason(lost)}). Check that it runs and can be "
                    + $"reached from here.",
                lost
            );
        }

        var answer = TableAnswer.Of(message.Response, message.ProcessingContext.RetryNumber > 0);
        if (!answer.Succeeded)
            ThrowIfUnavailable(answer.Fault);
        return answer;
    }

    /// <summary>Makes the table; content where it is there already.</summary>
    public async Task CreateTableAsync(CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["TableName"] = Address.Table }
        );
        var answer = await SendAsync(RequestMethod.Post, Address.Tables, body, null, cancellationToken);
        if (!answer.Succeeded && answer.Fault is { Code: not "TableAlreadyExists" } fault)
            throw Refusal(fault);
    }

    /// <exception cref="TableUnavailableException">The fault says nothing of the rows, but of the service or of who may
    /// use it.</exception>
    public void ThrowIfUnavailable(TableFault fault)
    {
        if (fault.Forbids)
        {
            throw new TableUnavailableException(
                $"Azure Tables at {_endpoint} refused entry ({fault}). Check the account's key, or give the "
                    + $"identity the role Storage Table Data Contributor."
            );
        }

        if (fault.Temporary)
            throw new TableUnavailableException($"Azure Tables at {_endpoint} is too busy or out of order ({fault}).");
    }

    /// <summary>What can only be a defect: trying again would not help.</summary>
    public static InvalidOperationException Refusal(TableFault fault) =>
        new($"Azure Tables refused the request: {fault}.");

    private static void Fill(
        Request request,
        RequestMethod method,
        Uri uri,
        ReadOnlyMemory<byte>? body,
        string? ifMatch,
        string contentType
    )
    {
        request.Method = method;
        request.Uri.Reset(uri);
        request.Headers.SetValue("x-ms-version", "2019-02-02");
        request.Headers.SetValue("DataServiceVersion", "3.0;NetFx");
        request.Headers.SetValue("MaxDataServiceVersion", "3.0;NetFx");
        request.Headers.SetValue(
            "Accept",
            contentType == Json ? "application/json;odata=minimalmetadata" : contentType.Split(';')[0]
        );
        if (ifMatch is not null)
            request.Headers.SetValue("If-Match", ifMatch);
        if (body is not { } bytes)
            return;
        request.Headers.SetValue("Content-Type", contentType);
        if (method == RequestMethod.Post && contentType == Json)
            request.Headers.SetValue("Prefer", "return-no-content");
        request.Content = RequestContent.Create(bytes);
    }

    private static string Reason(Exception lost) =>
        lost switch
        {
            AggregateException { InnerExceptions: [.., var last] } => Reason(last),
            TaskCanceledException => "it took too long",
            _ => lost.Message.Split('\n')[0].Trim(),
        };
}
