using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Simulators.Zuper;

/// <summary>A simulator on a port of its own, with a clock that stands, and raw requests to it.</summary>
internal sealed class ServedZuper : IAsyncDisposable
{
    private readonly RunningSimulator _running;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    private ServedZuper(ZuperSimulator simulator, RunningSimulator running, TestClock clock) =>
        (Simulator, _running, Clock) = (simulator, running, clock);

    public ZuperSimulator Simulator { get; }

    public TestClock Clock { get; }

    public Uri Address => _running.Address;

    public ZuperScreens Screens => Simulator.Screens;

    public static async Task<ServedZuper> StartAsync(ZuperSimulatorOptions? options = null)
    {
        var clock = new TestClock();
        var simulator = new ZuperSimulator(options ?? new ZuperSimulatorOptions { RequestsPerMinute = 0 }, clock);
        return new ServedZuper(simulator, await SimulatorHost.StartAsync(simulator, 0, CancellationToken.None), clock);
    }

    public async Task<ServedAnswer> SendAsync(
        string method,
        string path,
        string? body = null,
        string? key = "sandbox-zuper-key",
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(Address, path));
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await _http.SendAsync(request, cancellationToken);
        return new ServedAnswer(
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType ?? "",
            await answer.Content.ReadAsStringAsync(cancellationToken),
            answer.Headers.ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase)
        );
    }

    public Task<ServedAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<ServedAnswer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public Task<ServedAnswer> FilterAsync(string body) => PostAsync("/api/organization/filter", body);

    /// <summary>Makes an organization by the API and gives its uid.</summary>
    public async Task<string> OrganizationAsync(string name) =>
        (await PostAsync("/api/organization", $$$"""{"organization":{"organization_name":"{{{name}}}"}}""")).Json[
            "data"
        ]!["organization_uid"]!.GetValue<string>();

    /// <summary>Makes an invoice dated 3 February 2026 by the API and gives its uid.</summary>
    /// <param name="fields">The rest of its JSON, from a comma on.</param>
    public async Task<string> InvoiceAsync(string fields = "")
    {
        var answer = await PostAsync("/api/invoice", $$$"""{"invoice":{"invoice_date":"2026-02-03"{{{fields}}}}}""");
        return answer.Json["data"]?["invoice_uid"]?.GetValue<string>()
            ?? throw new InvalidOperationException(answer.Body);
    }

    public async Task<JsonObject> InvoiceOfAsync(string uid) =>
        (JsonObject)(await GetAsync($"/api/invoice/{uid}")).Json["data"]!;

    public Task<ServedAnswer> StatusAsync(string uid, string fields) =>
        SendAsync("PUT", $"/api/invoice/{uid}/status", $$"""{"invoice_uid":"{{uid}}",{{fields}}}""");

    public async Task<JsonObject> ReadAsync(string uid) =>
        (JsonObject)(await GetAsync($"/api/organization/{uid}")).Json["data"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _running.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
