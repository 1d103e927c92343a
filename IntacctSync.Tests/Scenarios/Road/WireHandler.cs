using System.Text;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Stands on the wire: counts what is under way, and lets the process die before a request goes out or after its answer
/// came.
/// </summary>
internal sealed class WireHandler(Wire wire, CrashSwitch crash) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        crash.Step($"before {request.Method} {request.RequestUri!.AbsolutePath}");
        var id = wire.Begin();
        request.Headers.TryAddWithoutValidation(RequestsUnderWay.IdHeader, id);
        try
        {
            if (wire.Refuse?.Invoke(request) is { } status)
                return new HttpResponseMessage(status) { Content = new StringContent(""), RequestMessage = request };
            if (wire.InPlace is { } answer && request.Content is { } content)
            {
                await content.LoadIntoBufferAsync(cancellationToken);
                if (answer(await content.ReadAsStringAsync(cancellationToken)) is { } xml)
                    return new HttpResponseMessage
                    {
                        Content = new StringContent(xml, Encoding.UTF8, "text/xml"),
                        RequestMessage = request,
                    };
            }

            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            if (wire.Change is { } change)
                await ChangeAsync(change, request.Content, response, cancellationToken);
            crash.Step($"after {request.Method} {request.RequestUri.AbsolutePath}");
            return response;
        }
        finally
        {
            wire.End(id);
        }
    }

    private static async Task ChangeAsync(
        Func<string, string, string> change,
        HttpContent? sent,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var before = await response.Content.ReadAsStringAsync(cancellationToken);
        var after = change(sent is null ? "" : await sent.ReadAsStringAsync(cancellationToken), before);
        if (after != before)
            response.Content = new StringContent(
                after,
                Encoding.UTF8,
                response.Content.Headers.ContentType?.MediaType ?? "text/xml"
            );
    }
}
