using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Simulators.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Simulators.Upflow;

/// <summary>A simulator on a port of its own, with a clock that stands, and raw requests to it.</summary>
internal sealed class ServedUpflow : IAsyncDisposable
{
    private readonly RunningSimulator _running;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    private ServedUpflow(UpflowSimulator simulator, RunningSimulator running, TestClock clock) =>
        (Simulator, _running, Clock) = (simulator, running, clock);

    public UpflowSimulator Simulator { get; }

    public TestClock Clock { get; }

    public Uri Address => _running.Address;

    public UpflowScreens Screens => Simulator.Screens;

    public static async Task<ServedUpflow> StartAsync(UpflowSimulatorOptions? options = null)
    {
        var clock = new TestClock();
        var simulator = new UpflowSimulator(options ?? new UpflowSimulatorOptions { RequestsPerMinute = 0 }, clock);
        return new ServedUpflow(simulator, await SimulatorHost.StartAsync(simulator, 0, CancellationToken.None), clock);
    }

    public async Task<ServedAnswer> SendAsync(
        string method,
        string path,
        HttpContent? content = null,
        string? key = "sandbox-upflow-key",
        string? secret = "sandbox-upflow-secret",
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(Address, path));
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        if (secret is not null)
            request.Headers.Add("X-Api-Secret", secret);
        request.Content = content;
        using var answer = await _http.SendAsync(request, cancellationToken);
        return new ServedAnswer(
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType ?? "",
            await answer.Content.ReadAsStringAsync(cancellationToken),
            answer.Headers.ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase)
        );
    }

    public Task<ServedAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<ServedAnswer> PostAsync(string path, string body) =>
        SendAsync("POST", path, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    /// <summary>Sends and must be taken; answers the record.</summary>
    public async Task<JsonObject> TakenAsync(string path, string body)
    {
        var answer = await PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Body);
        return (JsonObject)answer.Json;
    }

    /// <summary>Sends and must be refused with 400; answers why.</summary>
    public async Task<string> RefusedAsync(string path, string body)
    {
        var answer = await PostAsync(path, body);
        Assert.True(answer.Status == 400, $"{answer.Status}: {answer.Body}");
        return answer.Message!;
    }

    public Task<JsonObject> CustomerAsync(string externalId, string more = "") =>
        TakenAsync("/v1/customers", $$"""{"externalId":"{{externalId}}","name":"Customer {{externalId}}"{{more}}}""");

    /// <summary>An invoice of C-1, dated 3 February, due 5 March 2026.</summary>
    public Task<JsonObject> InvoiceAsync(string externalId, long amount, string customer = "C-1", string more = "") =>
        TakenAsync("/v1/invoices", InvoiceBody(externalId, amount, customer, more));

    public Task<JsonObject> CreditNoteAsync(string externalId, long amount, string customer = "C-1") =>
        TakenAsync(
            "/v1/credit_notes",
            $$"""
            {"externalId":"{{externalId}}","customId":"{{externalId}}","currency":"USD","grossAmount":{{amount}},
             "customer":{"externalId":"{{customer}}"},"netAmount":{{amount}} }
            """
        );

    public Task<JsonObject> PaymentAsync(string externalId, long amount, string customer = "C-1", string more = "") =>
        TakenAsync("/v1/payments", Money(externalId, amount, customer, more));

    public Task<JsonObject> RefundAsync(string externalId, long amount, string customer = "C-1") =>
        TakenAsync("/v1/refunds", Money(externalId, amount, customer, ""));

    public Task<ServedAnswer> LinkAsync(
        string externalId,
        string invoices = "",
        string payments = "",
        string creditNotes = "",
        string refunds = ""
    ) =>
        PostAsync(
            "/v1/reconcile",
            $$"""
            {"externalId":"{{externalId}}","invoices":[{{invoices}}],"payments":[{{payments}}],
             "creditNotes":[{{creditNotes}}],"refunds":[{{refunds}}]}
            """
        );

    /// <summary>One element of a link.</summary>
    public static string Side(string externalId, long amount) =>
        $$"""{"externalId":"{{externalId}}","amountLinked":{{amount}}}""";

    public static string InvoiceBody(string externalId, long amount, string customer = "C-1", string more = "") =>
        $$"""
            {"externalId":"{{externalId}}","customId":"{{externalId}}","issuedAt":"2026-02-03","dueDate":"2026-03-05",
             "currency":"USD","grossAmount":{{amount}},"netAmount":{{amount}},
             "customer":{"externalId":"{{customer}}"}{{more}}}
            """;

    public static string Money(string externalId, long amount, string customer = "C-1", string more = "") =>
        $$"""
            {"externalId":"{{externalId}}","currency":"USD","amount":{{amount}},"validatedAt":"2026-02-20",
             "customer":{"externalId":"{{customer}}"}{{more}}}
            """;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _running.DisposeAsync();
    }
}
