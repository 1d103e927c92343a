using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Secrets.KeyVault;

/// <summary>
/// A Key Vault with soft delete, over loopback: entry by challenge, versions, lists by pages, and faults on demand. Its
/// answers follow learn.microsoft.com, "Key Vault REST API reference".
/// </summary>
internal sealed class ScriptedVault : IAsyncDisposable
{
    private const string Vault = "https://acme.vault.azure.net";
    private const int PageSize = 2;

    private readonly ConcurrentDictionary<string, List<string>> _live = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, List<string>> _deleted = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<(HttpStatusCode Status, string? RetryAfter)> _faults = new();
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly StubCredential _credential = new();
    private int _reads;

    private ScriptedVault(WebApplication app) => _app = app;

    public int Reads => Volatile.Read(ref _reads);

    public int Requests { get; private set; }

    public IEnumerable<string> Names => _live.Keys;

    /// <param name="certificate">What it serves TLS with; null for plain HTTP.</param>
    public static async Task<ScriptedVault> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        var app = builder.Build();
        var vault = new ScriptedVault(app);
        app.Run(vault.AnswerAsync);
        await app.StartAsync(CancellationToken.None);
        return vault;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public KeyVaultSecretStore Open(TimeProvider? time = null)
    {
        var options = new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Transport = new HttpClientTransport(new ToLoopback(Address)),
        };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxRetries = 2;
        return new KeyVaultSecretStore(
            new SecretClient(new Uri(Vault), _credential, KeyVaultSecretStore.Limited(options)),
            time ?? TimeProvider.System
        );
    }

    /// <summary>Sets a secret as a person does in the portal.</summary>
    public void Put(string name, string value)
    {
        lock (_gate)
            _live.GetOrAdd(name, _ => []).Add(value);
    }

    public int VersionsOf(string name) => _live[name].Count;

    /// <summary>The next request is answered so.</summary>
    public void FailNext(HttpStatusCode status, string? retryAfter = null, int times = 1)
    {
        for (var i = 0; i < times; i++)
            _faults.Enqueue((status, retryAfter));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        lock (_gate)
            Requests++;
        if (!http.Request.Headers.Authorization.ToString().StartsWith("Bearer stub-", StringComparison.Ordinal))
        {
            http.Response.Headers.WWWAuthenticate =
                "Bearer authorization=\"https://login.microsoftonline.com/tenant\", "
                + "resource=\"https://vault.azure.net\"";
            return Write(http, HttpStatusCode.Unauthorized, Error("Unauthorized"));
        }

        if (_faults.TryDequeue(out var fault))
        {
            if (fault.RetryAfter is { } after)
                http.Response.Headers.RetryAfter = after;
            return Write(http, fault.Status, Error("Scripted"));
        }

        return ServeAsync(http);
    }

    private async Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Trim('/').Split('/');
        var body =
            http.Request.Method == "PUT"
                ? await JsonNode.ParseAsync(http.Request.Body, cancellationToken: CancellationToken.None)
                : null;
        (HttpStatusCode Status, JsonNode Answer) served;
        lock (_gate)
        {
            served = (http.Request.Method, path) switch
            {
                ("PUT", ["secrets", var name]) => Set(name, body!["value"]!.GetValue<string>()),
                ("GET", ["secrets"]) => List(http.Request.Query["$skiptoken"]),
                ("GET", ["secrets", var name, ..]) => Get(name),
                ("DELETE", ["secrets", var name]) => Move(name, _live, _deleted),
                ("POST", ["deletedsecrets", var name, "recover"]) => Move(name, _deleted, _live),
                _ => (HttpStatusCode.BadRequest, Error("BadParameter")),
            };
        }

        await Write(http, served.Status, served.Answer);
    }

    private (HttpStatusCode Status, JsonNode Answer) Set(string name, string value)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || name.Length > 127)
            return (HttpStatusCode.BadRequest, Error("BadParameter"));
        if (_deleted.ContainsKey(name))
            return (HttpStatusCode.Conflict, Error("Conflict", "ObjectIsDeletedButRecoverable"));
        _live.GetOrAdd(name, _ => []).Add(value);
        return (HttpStatusCode.OK, Secret(name, _live[name]));
    }

    private (HttpStatusCode Status, JsonNode Answer) Get(string name)
    {
        _reads++;
        return _live.TryGetValue(name, out var versions)
            ? (HttpStatusCode.OK, Secret(name, versions))
            : (HttpStatusCode.NotFound, Error("SecretNotFound"));
    }

    private (HttpStatusCode Status, JsonNode Answer) List(string? after)
    {
        var names = _live
            .Keys.Order(StringComparer.Ordinal)
            .Where(n => after is null || string.CompareOrdinal(n, after) > 0)
            .ToList();
        var page = names.Take(PageSize).ToList();
        JsonNode[] items =
        [
            .. page.Select(n => new JsonObject { ["id"] = $"{Vault}/secrets/{n}", ["attributes"] = Attributes() }),
        ];
        return (
            HttpStatusCode.OK,
            new JsonObject
            {
                ["value"] = new JsonArray(items),
                ["nextLink"] = names.Count > PageSize ? $"{Vault}/secrets?api-version=7.5&$skiptoken={page[^1]}" : null,
            }
        );
    }

    private static (HttpStatusCode Status, JsonNode Answer) Move(
        string name,
        ConcurrentDictionary<string, List<string>> from,
        ConcurrentDictionary<string, List<string>> to
    )
    {
        if (!from.TryRemove(name, out var versions))
            return (HttpStatusCode.NotFound, Error("SecretNotFound"));
        to[name] = versions;
        var secret = Secret(name, versions);
        secret["recoveryId"] = $"{Vault}/deletedsecrets/{name}";
        return (HttpStatusCode.OK, secret);
    }

    private static JsonObject Secret(string name, List<string> versions) =>
        new()
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{Vault}/secrets/{name}/{versions.Count:x32}"),
            ["value"] = versions[^1],
            ["attributes"] = Attributes(),
        };

    private static JsonObject Attributes() =>
        new()
        {
            ["enabled"] = true,
            ["created"] = 1767225600,
            ["updated"] = 1767225600,
        };

    private static JsonObject Error(string code, string? inner = null) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = "As scripted.",
                ["innererror"] = inner is null ? null : new JsonObject { ["code"] = inner },
            },
        };

    private static Task Write(HttpContext http, HttpStatusCode status, JsonNode body)
    {
        http.Response.StatusCode = (int)status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), CancellationToken.None);
    }
}
