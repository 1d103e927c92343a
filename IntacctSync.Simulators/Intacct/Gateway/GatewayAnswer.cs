using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>The answer to one request, or what a fault makes of it: decided first, sent last.</summary>
internal sealed class GatewayAnswer(HttpContext http, IntacctSimulator simulator, bool indent)
{
    /// <summary>Intacct's own spelling.</summary>
    private const string XmlType = "text/xml; encoding=\"UTF-8\"";
    private const int CompressFrom = 1024;
    private const double ServerLimit = 900;

    private string _type = XmlType;
    private byte[] _body = [];

    /// <summary>HTTP status; 0 where the connection is cut.</summary>
    public int Status { get; private set; }

    /// <summary>Not a POST, or not XML.</summary>
    public Task RefuseAsync(string method, CancellationToken cancellationToken) =>
        HttpMethods.IsPost(method)
            ? GatewayAsync(400, "GW-0011", "Invalid Request [Request ID: 7F000001:2329_00000000.1]", cancellationToken)
            : HtmlAsync(405, HtmlPages.Plain(405, "Not Allowed"));

    public Task TooManyAsync(FaultRule? fault, CancellationToken cancellationToken)
    {
        RetryAfter(fault);
        return GatewayAsync(
            429,
            "GW-0010",
            "Too many requests [Request ID: 7F000001:2329_00000000.2]",
            cancellationToken
        );
    }

    /// <summary>Carries out a fault that comes before the request is.</summary>
    /// <returns>False where the request goes on.</returns>
    public async Task<bool> InsteadAsync(FaultRule fault, CancellationToken cancellationToken)
    {
        var name = fault.Fault.ToUpperInvariant();
        if (name == "SLOW")
        {
            await PauseAsync(fault, cancellationToken);
            return false;
        }
        RetryAfter(fault);
        await (
            name switch
            {
                "RESETBEFORE" => CutAsync(),
                "HTTP429" => TooManyAsync(fault, cancellationToken),
                "GW0011" => GatewayAsync(
                    400,
                    "GW-0011",
                    "Invalid Request [Request ID: 7F000001:2329_00000000.3]",
                    cancellationToken
                ),
                "JPP0002" => GatewayAsync(
                    401,
                    "XMLGW_JPP0002",
                    "Sign-in information is incorrect. Please check your request.",
                    cancellationToken
                ),
                "CLOUDFLARE" => HtmlAsync(520, HtmlPages.Cloudflare(520, "Web server is returning an unknown error")),
                "HTTP503" => HtmlAsync(503, HtmlPages.Plain(503, "Service Temporarily Unavailable")),
                _ => HtmlAsync(502, HtmlPages.Plain(502, "Bad Gateway")),
            }
        );
        return true;
    }

    /// <summary>The work is done; this is what was to be answered, and the fault that comes after the work.</summary>
    public async Task ConcludeAsync(XElement response, FaultRule? after, CancellationToken cancellationToken)
    {
        await XmlAsync(200, response, indent, cancellationToken);
        switch (after?.Fault.ToUpperInvariant())
        {
            case "HTTP524":
                await HtmlAsync(524, HtmlPages.Cloudflare(524, "A timeout occurred"));
                break;
            case "HTTP502AFTER":
                await HtmlAsync(502, HtmlPages.Plain(502, "Bad Gateway"));
                break;
            case "RESETAFTER":
                await CutAsync();
                break;
            case "TRUNCATED":
                _body = _body[..(_body.Length / 2)];
                break;
            case "SLOWAFTER":
                await PauseAsync(after, cancellationToken);
                break;
        }
    }

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (Status == 0)
        {
            http.Abort();
            return;
        }
        if (http.RequestAborted.IsCancellationRequested)
            return;
        http.Response.StatusCode = Status;
        http.Response.ContentType = _type;
        if (
            _body.Length >= CompressFrom
            && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase)
        )
        {
            http.Response.Headers.ContentEncoding = "gzip";
            _body = await PackedAsync(_body, cancellationToken);
        }
        http.Response.ContentLength = _body.Length;
        await http.Response.Body.WriteAsync(_body, cancellationToken);
    }

    private static async Task<byte[]> PackedAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(body, cancellationToken);
        return packed.ToArray();
    }

    private Task PauseAsync(FaultRule fault, CancellationToken cancellationToken) =>
        simulator.UnderWay.PauseAsync(http, fault.Seconds("seconds", ServerLimit), simulator.Clock, cancellationToken);

    private Task CutAsync()
    {
        Status = 0;
        return Task.CompletedTask;
    }

    private void RetryAfter(FaultRule? fault)
    {
        if (fault?.Text("retryAfter", "") is { Length: > 0 } seconds)
            http.Response.Headers.RetryAfter = seconds;
    }

    private Task GatewayAsync(int status, string number, string description, CancellationToken cancellationToken) =>
        XmlAsync(status, ResponseDocument.GatewayFailure(number, description), true, cancellationToken);

    private async Task XmlAsync(int status, XElement response, bool indented, CancellationToken cancellationToken) =>
        (Status, _type, _body) = (
            status,
            XmlType,
            await ResponseDocument.WriteAsync(response, indented, cancellationToken)
        );

    private Task HtmlAsync(int status, string page)
    {
        (Status, _type, _body) = (status, "text/html; charset=UTF-8", Encoding.UTF8.GetBytes(page));
        return Task.CompletedTask;
    }
}
