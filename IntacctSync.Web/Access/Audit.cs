using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Access;

/// <summary>
/// Has each call that changed something told: who called, what, of which connection. In the log under a category of its
/// own, and in the connection's timeline.
/// </summary>
/// <remarks>Every call but reading ones goes through here, so none can be forgotten. No value of a document or of a
/// secret is told.</remarks>
internal sealed partial class Audit(
    OperationsAccess access,
    ConnectionStore connections,
    ConnectionTimeline timeline,
    ILoggerFactory loggers
) : IEndpointFilter
{
    /// <summary>By this category the lines are found, and kept longer than others.</summary>
    public const string Category = "IntacctSync.Audit";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            return await next(context);
        try
        {
            var result = await next(context);
            if (Changed(result) || http.HasChanged())
                await TellAsync(http);
            return result;
        }
        catch (Exception e) when (e is RefusedException or BadHttpRequestException)
        {
            if (http.HasChanged())
                await TellAsync(http);
            throw;
        }
        catch (Exception)
        {
            // Part of it may have been done.
            http.Note(http.Noted() is { } noted ? $"{noted}; it broke off" : "it broke off");
            await TellAsync(http);
            throw;
        }
    }

    private static bool Changed(object? result) =>
        (result as IStatusCodeHttpResult)?.StatusCode is null or < StatusCodes.Status400BadRequest;

    private async Task TellAsync(HttpContext http)
    {
        var what = http.GetEndpoint()?.Metadata.GetMetadata<CallDescription>()?.Name ?? http.Request.Method;
        var who = $"{Caller.Of(http).Text}, {(string.IsNullOrEmpty(access.ApiKey) ? "in the sandbox" : "by the key")}";
        var id = Routed(http, "id") ?? http.NotedConnection() ?? "";
        var record = Routed(http, "sourceId") is { } source ? $"{Routed(http, "flow")} {source}" : Routed(http, "flow");
        var detail = string.Join("; ", new[] { record, http.Noted() }.OfType<string>());
        LogDone(what, id, who, detail);

        // A purged connection leaves no trace in the store, so the purge is not noted there either.
        if (!ConnectionId.TryParse(id, out var connection) || await FindAsync(connection) is null)
            return;
        try
        {
            var told = string.Join("; ", new[] { detail, http.NotedForTimeline() }.Where(t => t is { Length: > 0 }));
            await timeline.AddAsync(
                connection,
                what,
                told.Length == 0 ? $"From {who}." : $"From {who}: {told}.",
                null,
                CancellationToken.None
            );
        }
        catch (TableUnavailableException)
        {
            // It is done, and the log has it.
        }
    }

    private async Task<Connection?> FindAsync(ConnectionId id)
    {
        try
        {
            return await connections.GetAsync(id, CancellationToken.None);
        }
        catch (TableUnavailableException)
        {
            return null;
        }
    }

    private static string? Routed(HttpContext http, string name) =>
        http.Request.RouteValues.TryGetValue(name, out var value) && value is string { Length: > 0 } text
            ? VisibleText.Of(text)
            : null;

    private void LogDone(string what, string connection, string who, string detail) =>
        LogDone(_logger, what, connection, who, detail.Length == 0 ? "" : $": {detail}");

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} of connection '{Connection}' by {Who}{Detail}")]
    private static partial void LogDone(ILogger logger, string what, string connection, string who, string detail);
}

/// <summary>What a handler adds to the line about its call.</summary>
internal static class AuditNotes
{
    private static readonly object Key = new();
    private static readonly object TimelineKey = new();
    private static readonly object ChangedKey = new();
    private static readonly object ConnectionKey = new();

    /// <summary>Which connection the call is about, where its address does not say so.</summary>
    public static void NoteConnection(this HttpContext http, ConnectionId connection) =>
        http.Items[ConnectionKey] = connection.Value;

    public static string? NotedConnection(this HttpContext http) => http.Items[ConnectionKey] as string;

    /// <param name="http">The call.</param>
    /// <param name="text">Names of what changed; no value of a document, and nothing personal. Callers may have chosen
    /// its characters.</param>
    public static void Note(this HttpContext http, string text) => http.Items[Key] = VisibleText.Of(text);

    public static string? Noted(this HttpContext http) => http.Items[Key] as string;

    /// <summary>
    /// As <see cref="Note"/>, and the call is told whatever its answer: it changed something before it was refused.
    /// </summary>
    public static void NoteChange(this HttpContext http, string text)
    {
        http.Note(text);
        http.Items[ChangedKey] = true;
    }

    public static bool HasChanged(this HttpContext http) => http.Items.ContainsKey(ChangedKey);

    /// <param name="http">The call.</param>
    /// <param name="text">What may be personal, such as the id of a customer that is a name. It is kept where a purge
    /// finds it, and in no log.</param>
    public static void NoteForTimeline(this HttpContext http, string text) =>
        http.Items[TimelineKey] = VisibleText.Of(text);

    public static string? NotedForTimeline(this HttpContext http) => http.Items[TimelineKey] as string;
}
