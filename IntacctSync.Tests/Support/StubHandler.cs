using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace IntacctSync.Tests.Support;

/// <summary>
/// The far end of HTTP: keeps what was asked and answers by a script; a request beyond the script fails the test.
/// </summary>
public sealed class StubHandler : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script =
        new();

    /// <summary>The bodies of the requests, in the order in which they came.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    public ConcurrentQueue<Uri?> Addresses { get; } = new();

    public int Asked => Bodies.Count;

    /// <summary>Answers every request that the script does not; null refuses them.</summary>
    public Func<string, HttpResponseMessage>? Otherwise { get; set; }

    public StubHandler Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public StubHandler Then(string xml, HttpStatusCode status = HttpStatusCode.OK, string type = "text/xml") =>
        Then((_, _) => Task.FromResult(Answer(xml, status, type)));

    public StubHandler ThenThrow(Exception exception) => Then((_, _) => throw exception);

    public static HttpResponseMessage Answer(
        string body,
        HttpStatusCode status = HttpStatusCode.OK,
        string type = "text/xml"
    )
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpResponseMessage(status) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Bodies.Enqueue(body);
        Addresses.Enqueue(request.RequestUri);
        if (_script.TryDequeue(out var answer))
            return await answer(request, cancellationToken);
        return Otherwise?.Invoke(body)
            ?? throw new InvalidOperationException($"Request {Asked} was not expected: {body}");
    }
}
