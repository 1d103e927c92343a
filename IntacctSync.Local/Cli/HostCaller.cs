using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>Calls the HTTP API of a running host, as anybody else would.</summary>
/// <param name="client">Its base address is the host's.</param>
/// <param name="key">The key of the operations; null where the sandbox needs none.</param>
internal sealed class HostCaller(HttpClient client, string? key)
{
    /// <summary>The path of the connection that the verb is about.</summary>
    private string _connection = "";

    public Uri Address => client.BaseAddress!;

    /// <summary>The id of that connection.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>
    /// Chooses the connection: the one that is named, or the only one that there is.
    /// </summary>
    public async Task ChooseAsync(string? named, CancellationToken cancellationToken)
    {
        if (named is null)
        {
            var all = (await GetAsync("api/connections", cancellationToken)).AsArray();
            var ids = all.Select(c => c!["id"]!.ToString()).ToList();
            named = ids switch
            {
                [var only] => only,
                [] => throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    "There is no connection yet. Make one: intacctsync connect"
                ),
                _ => throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    $"There are {ids.Count} connections: name one, --connection {string.Join(" or ", ids)}."
                ),
            };
        }

        (Connection, _connection) = (named, $"api/connections/{Uri.EscapeDataString(named)}");
    }

    /// <summary>The parts that have a value, as the end of an address.</summary>
    public static string Query(params (string Name, string? Value)[] parts) =>
        "?"
        + string.Join(
            '&',
            parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")
        );

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Of the chosen connection; <paramref name="path"/> begins with a slash or is empty.</summary>
    public Task<JsonNode> OfConnectionAsync(
        HttpMethod method,
        string path,
        JsonNode? body,
        CancellationToken cancellationToken
    ) => SendAsync(method, _connection + path, body, null, cancellationToken);

    /// <summary>
    /// Makes the chosen connection, at rest. One that is there, or is made meanwhile, stays as it is.
    /// </summary>
    /// <returns>False where there is one of its id.</returns>
    /// <exception cref="VerbFailedException">The document is refused, or no host answers.</exception>
    public async Task<bool> MakeAsync(JsonNode document, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Put, _connection + "?rest=true", document, "*", cancellationToken);
            return true;
        }
        catch (VerbFailedException e) when (e.Data["status"] is HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    public Task<JsonNode> OfConnectionAsync(string path, CancellationToken cancellationToken) =>
        OfConnectionAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>An answer as it came, for reports that are files.</summary>
    public async Task CopyAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, _connection + path, null);
        using var response = await AnswerAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Refused(response, await response.Content.ReadAsStringAsync(cancellationToken));
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    private async Task<JsonNode> SendAsync(
        HttpMethod method,
        string path,
        JsonNode? body,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    )
    {
        using var request = Request(method, path, body);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using var response = await AnswerAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Refused(response, text);
        return text.Length == 0 ? new JsonObject() : Parse(text) ?? throw AnotherProgram("no JSON");
    }

    private VerbFailedException AnotherProgram(string found) =>
        new(
            ExitCodes.Unreachable,
            $"What answers at {Address} does not answer as IntacctSync does ({found}): it is another program, or a "
                + "proxy whose host does not run. Start the host, or say where it is with --url."
        );

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new VerbFailedException(
                ExitCodes.Unreachable,
                $"No host answers at {Address} ({e.Message.TrimEnd('.')}). Start it, or say where it is with --url."
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VerbFailedException(
                ExitCodes.Unreachable,
                $"The host at {Address} did not answer in time. Look at its log."
            );
        }
    }

    private VerbFailedException Refused(HttpResponseMessage response, string text)
    {
        var problem = Parse(text);
        var detail =
            problem?["errors"] is JsonObject errors
                ? string.Join(
                    Environment.NewLine,
                    errors.SelectMany(e => e.Value!.AsArray().Select(t => Named(e.Key, $"{t}")))
                )
            : response.StatusCode == HttpStatusCode.Unauthorized
                ? $"The host at {Address} {(key is null ? "wants its key" : "does not take this key")}: give its own "
                    + "with --key, or run this in the folder where it keeps .data/admin-key, with the host's "
                    + "Storage:Path if that was set."
            : problem?["detail"]?.ToString();
        if (detail is null)
            return AnotherProgram($"status {(int)response.StatusCode}");

        // A conflict is with how things stand, such as a sign-in that is refused, and not with how it was asked.
        var isOfTheState = response.StatusCode is HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError;
        return new VerbFailedException(isOfTheState ? ExitCodes.NeedsPerson : ExitCodes.UsedWrongly, detail)
        {
            Data = { ["errors"] = problem?["errors"]?.ToJsonString(), ["status"] = response.StatusCode },
        };
    }

    /// <summary>A text about a member: a whole sentence as it is, else behind the member's name.</summary>
    private static string Named(string member, string text) =>
        member.Length == 0 || char.IsUpper(text[0]) || text.StartsWith($"{member} ", StringComparison.Ordinal)
            ? text
            : $"{member} {text}";

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
