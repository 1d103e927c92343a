using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>
/// The address <c>/ia/xml/xmlgw.phtml</c>. A request is checked in this order: structure, sender, policy, sign-in,
/// authorisation of the sender, then for each function permission, replay and business rules.
/// </summary>
internal sealed class XmlGateway(
    IntacctSimulator simulator,
    SessionStore sessions,
    SignIn signIn,
    OperationRunner runner
)
{
    private readonly IntacctSimulatorOptions _options = simulator.Options;

    public async Task ServeAsync(HttpContext http)
    {
        // The work goes on when the caller hangs up, as it does at Intacct; only the end of the server stops it.
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var arrived = simulator.Clock.GetUtcNow();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = await RequestReader.ReadAsync(body.ToArray(), stopping);
        var answer = new GatewayAnswer(http, simulator, request.IncludeWhitespace);
        if (!HttpMethods.IsPost(http.Request.Method) || !IsXml(http.Request.ContentType))
            await answer.RefuseAsync(http.Request.Method, stopping);
        else
            await AdmitAsync(http, request, answer, stopping);
        // Noted, and out of the company's count, before the caller can know of the answer and ask again.
        simulator.Journal.Add(
            new JournalEntry(http.Request.Method, http.Request.Path, request.Summary, answer.Status, arrived)
        );
        await answer.SendAsync(stopping);
    }

    private async Task AdmitAsync(
        HttpContext http,
        GatewayRequest request,
        GatewayAnswer answer,
        CancellationToken cancellationToken
    )
    {
        if (CompanyOf(request) is not { } company)
        {
            await HandleAsync(http, request, answer, null, cancellationToken);
            return;
        }
        company.Counters.Add("request");
        var entered = company.Requests.TryEnter(_options.MaxConcurrency);
        try
        {
            if (entered)
                await HandleAsync(http, request, answer, company, cancellationToken);
            else
                await answer.TooManyAsync(null, cancellationToken);
        }
        finally
        {
            company.Requests.Leave(entered);
        }
    }

    private async Task HandleAsync(
        HttpContext http,
        GatewayRequest request,
        GatewayAnswer answer,
        IntacctCompany? company,
        CancellationToken cancellationToken
    )
    {
        var facts = Facts.Of(request, PeekSession(request));
        await simulator.WaitAsync(http, cancellationToken);
        var before = simulator.Faults.Take(IntacctFaults.Before, facts);
        if (before is not null && await answer.InsteadAsync(before, cancellationToken))
            return;
        var response = Respond(request, $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}", facts);
        // A request that names no company was not carried out: there is nothing that could be lost after it.
        var after = company is null ? null : simulator.Faults.Take(IntacctFaults.After, facts);
        if (after?.Fault.Equals(IntacctFaults.SessionEnds, StringComparison.OrdinalIgnoreCase) == true)
            foreach (var operation in request.Operations)
                sessions.End(operation.SessionId);
        await answer.ConcludeAsync(response, after, cancellationToken);
    }

    private XElement Respond(GatewayRequest request, string endpoint, List<KeyValuePair<string, string>> facts)
    {
        if (request.SchemaErrors.Count > 0)
            return ResponseDocument.ControlFailure(request.Control, request.SchemaErrors);
        if (!SenderIsKnown(request) || simulator.Faults.Take([IntacctFaults.SenderRefused], facts) is not null)
            return ResponseDocument.ControlFailure(
                request.Control,
                new IntacctError("XL03000006", "Incorrect Intacct XML Partner ID or password.")
            );
        if (request.PolicyId.Length > 0)
            return ResponseDocument.ControlFailure(
                request.Control,
                new IntacctError("XL03000006", $"{request.PolicyId} is not a valid transport policy.")
            );
        return ResponseDocument.Of(
            request.Control,
            [.. request.Operations.Select(o => Operation(request, o, endpoint))]
        );
    }

    private XElement Operation(GatewayRequest request, OperationRequest operation, string endpoint)
    {
        var (session, failure) = signIn.Check(request, operation, endpoint);
        return session is null ? failure! : runner.Run(request, operation, session);
    }

    private bool SenderIsKnown(GatewayRequest request) =>
        _options.Senders.TryGetValue(request.Control.SenderId, out var password)
        && password == (request.ControlElement.Element("password")?.Value ?? "");

    private Session? PeekSession(GatewayRequest request) =>
        request.Operations.Select(o => sessions.Peek(o.SessionId)).FirstOrDefault(s => s is not null);

    private IntacctCompany? CompanyOf(GatewayRequest request) =>
        PeekSession(request)?.Company
        ?? request
            .Operations.Select(o => o.Login?.Element("companyid")?.Value.Trim() ?? "")
            .Select(id => simulator.Companies.GetValueOrDefault(id))
            .FirstOrDefault(c => c is not null);

    private bool IsXml(string? contentType) =>
        !_options.Strict
        || contentType?.Split(';')[0].Trim() is "application/xml" or "text/xml" or "x-intacct-xml-request";
}
