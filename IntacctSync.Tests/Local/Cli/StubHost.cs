using System.Net;
using System.Text;
using IntacctSync.Local.Cli;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>A host that answers each call as it is told, for what verbs make of answers.</summary>
/// <param name="answer">By method and path with query; the status, and the body.</param>
internal sealed class StubHost(Func<string, (HttpStatusCode Status, string Type, string Body)> answer)
    : HttpMessageHandler
{
    public async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerbProgram.RunAsync(
            [.. args, "--connection", "acme"],
            output,
            errors,
            new StubClients(this),
            CancellationToken.None
        );
        return (code, output.ToString(), errors.ToString());
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var (status, type, body) = answer($"{request.Method} {request.RequestUri!.PathAndQuery}");
        return Task.FromResult(
            new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) }
        );
    }
}
