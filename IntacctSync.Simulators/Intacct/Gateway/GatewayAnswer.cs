using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>Writes the answer to one request, or what a fault makes of it.</summary>
internal sealed class GatewayAnswer(HttpContext http, IntacctSimulator simulator, bool indent)
{
    /// <summary>Intacct's own spelling.</summary>
    private const string XmlType = "text/xml; encoding=\"UTF-8\"";
    private const int CompressFrom = 1024;
    private const double ServerLimit = 900;

    /// <summary>HTTP status sent; 0 where the connection was cut.</summary>
    public int Status { get; private set; }

    /// <summary>Not a POST, or not XML.</summary>
    public Task RefuseAsync(string method, CancellationToken cancellationToken) => HttpMethods.IsPost(method)
        ? GatewayAsync(400, "GW-0011", "Invalid Request [Request ID: 7F000001:2329_00000000.1]", cancellationToken)
        : HtmlAsync(405, HtmlPages.Plain(405, "Not Allowed"), cancellationToken);

    public Task TooManyAsync(FaultRule? fault, CancellationToken cancellationToken)
    {
        RetryAfter(fault);
        return GatewayAsync(429, "GW-0010", "Too many requests [Request ID: 7F000001:2329_00000000.2]", cancellationToken);
    }

    /// <summary>Carries out a fault that comes before the request is.</summary>
    /// <returns>False where the request goes on.</returns>
    public async Task<bool> InsteadAsync(FaultRule fault, CancellationToken cancellationToken)
    {
        switch (fault.Fault.ToUpperInvariant())
        {
            case "SLOW":
                await Task.Delay(fault.Seconds("seconds", ServerLimit), simulator.Clock, cancellationToken);
                return false;
            case "RESETBEFORE":
                Reset();
                return true;
            case "HTTP429":
                await TooManyAsync(fault, cancellationToken);
                return true;
            case "GW0011":
                await GatewayAsync(400, "GW-0011", "Invalid Request [Request ID: 7F000001:2329_00000000.3]", cancellationToken);
                return true;
            case "JPP0002":
                await GatewayAsync(401, "XMLGW_JPP0002", "Sign-in information is incorrect. Please check your request.", cancellationToken);
                return true;
            case "CLOUDFLARE":
                await HtmlAsync(520, HtmlPages.Cloudflare(520, "Web server is returning an unknown error"), cancellationToken);
                return true;
            case "HTTP503":
                RetryAfter(fault);
                await HtmlAsync(503, HtmlPages.Plain(503, "Service Temporarily Unavailable"), cancellationToken);
                return true;
            default:
                await HtmlAsync(502, HtmlPages.Plain(502, "Bad Gateway"), cancellationToken);
                return true;
        }
    }

    /// <summary>The answer, or what a fault that comes after the work makes of it.</summary>
    public async Task WriteAsync(XElement response, FaultRule? after, CancellationToken cancellationToken)
    {
        var body = await ResponseDocument.WriteAsync(response, indent, cancellationToken);
        switch (after?.Fault.ToUpperInvariant())
        {
            case "HTTP524":
                await HtmlAsync(524, HtmlPages.Cloudflare(524, "A timeout occurred"), cancellationToken);
                return;
            case "HTTP502AFTER":
                await HtmlAsync(502, HtmlPages.Plain(502, "Bad Gateway"), cancellationToken);
                return;
            case "RESETAFTER":
                Reset();
                return;
            case "TRUNCATED":
                body = body[..(body.Length / 2)];
                break;
            case "SLOWAFTER":
                await Task.Delay(after.Seconds("seconds", ServerLimit), simulator.Clock, cancellationToken);
                break;
        }
        await SendAsync(200, XmlType, body, cancellationToken);
    }

    private void Reset()
    {
        Status = 0;
        http.Abort();
    }

    private void RetryAfter(FaultRule? fault)
    {
        if (fault?.Text("retryAfter", "") is { Length: > 0 } seconds)
            http.Response.Headers.RetryAfter = seconds;
    }

    private async Task GatewayAsync(int status, string number, string description, CancellationToken cancellationToken)
    {
        var failure = ResponseDocument.GatewayFailure(number, description);
        await SendAsync(status, XmlType, await ResponseDocument.WriteAsync(failure, true, cancellationToken), cancellationToken);
    }

    private Task HtmlAsync(int status, string page, CancellationToken cancellationToken) =>
        SendAsync(status, "text/html; charset=UTF-8", Encoding.UTF8.GetBytes(page), cancellationToken);

    private async Task SendAsync(int status, string type, byte[] body, CancellationToken cancellationToken)
    {
        Status = status;
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        if (body.Length >= CompressFrom && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                await gzip.WriteAsync(body, cancellationToken);
            body = packed.ToArray();
        }
        http.Response.Headers.ContentLength = body.Length;
        if (http.RequestAborted.IsCancellationRequested)
            return;
        await http.Response.Body.WriteAsync(body, cancellationToken);
    }
}
