using System.Globalization;
using System.Text;
using System.Xml.Linq;
using System.Xml.XPath;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>An Intacct simulator being served, and raw requests to it.</summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    public const string Login =
        "<login><userid>sandbox-user</userid><companyid>sandbox</companyid>"
        + "<password>sandbox-user-password</password></login>";

    private static readonly IHttpClientFactory Clients = new ServiceCollection()
        .AddHttpClient()
        .BuildServiceProvider()
        .GetRequiredService<IHttpClientFactory>();

    private readonly RunningSimulator _running;
    private int _calls;

    private GatewayBench(RunningSimulator running, IntacctSimulator simulator, WatchedClock clock)
    {
        _running = running;
        Simulator = simulator;
        Clock = clock;
        Http = Clients.CreateClient();
        Http.BaseAddress = running.Address;
    }

    public IntacctSimulator Simulator { get; }

    public WatchedClock Clock { get; }

    public HttpClient Http { get; }

    public Uri Endpoint => _running.Endpoint;

    public static async Task<GatewayBench> StartAsync(IntacctSimulatorOptions? options = null)
    {
        var clock = new WatchedClock();
        var simulator = new IntacctSimulator(options ?? new IntacctSimulatorOptions(), clock);
        return new GatewayBench(await SimulatorHost.StartAsync(simulator, 0, CancellationToken.None), simulator, clock);
    }

    /// <summary>A request; what is given replaces the usual.</summary>
    public static string Request(
        string content,
        string authentication = Login,
        string uniqueId = "<uniqueid>false</uniqueid>",
        string more = "",
        string transaction = "false"
    ) =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <request><control><senderid>sandbox-sender</senderid><password>sandbox-sender-password</password><controlid>request-1</controlid>{uniqueId}<dtdversion>3.0</dtdversion>{more}</control>
            <operation transaction="{transaction}"><authentication>{authentication}</authentication><content>{content}</content></operation></request>
            """;

    public static string Session(string id) => $"<sessionid>{id}</sessionid>";

    public static string Customer(string id, string name = "Acme", string more = "", string contact = "") =>
        $"<CUSTOMER><CUSTOMERID>{id}</CUSTOMERID><NAME>{name}</NAME><DISPLAYCONTACT>"
        + $"<PRINTAS>{name}</PRINTAS>{contact}</DISPLAYCONTACT>{more}</CUSTOMER>";

    /// <summary>A function element with a control id of its own.</summary>
    public string Function(string function, string? controlId = null) =>
        $"<function controlid=\"{controlId ?? string.Create(CultureInfo.InvariantCulture, $"call-{++_calls}")}\">"
        + $"{function}</function>";

    public Task<HttpResponseMessage> PostAsync(string body)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/xml");
        return Http.PostAsync(Endpoint, content, CancellationToken.None);
    }

    public async Task<XElement> SendAsync(string body)
    {
        using var response = await PostAsync(body);
        return XElement.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Carries out functions and answers the results, in order.</summary>
    public async Task<IReadOnlyList<XElement>> RunAsync(params IEnumerable<string> functions) =>
        [
            .. (await SendAsync(Request(string.Concat(functions.Select(f => Function(f)))))).XPathSelectElements(
                "operation/result"
            ),
        ];

    /// <summary>Carries out one function.</summary>
    public async Task<XElement> OneAsync(string function) => Assert.Single(await RunAsync(function));

    /// <summary>The session id that a login gets.</summary>
    public async Task<string> SignInAsync(string authentication = Login) =>
        (await SendAsync(Request(Function("<getAPISession/>"), authentication)))
            .XPathSelectElement("operation/result/data/api/sessionid")!
            .Value;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _running.DisposeAsync();
    }
}
