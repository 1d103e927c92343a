using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Records;

/// <summary>What needs a person, grouped by cause, and the retry of a whole group.</summary>
internal sealed class CausePages(
    FrameReader frames,
    CauseReader causes,
    ConnectionStore connections,
    PersonRequests requests,
    RecordCounting counting
)
{
    private const int Few = 5;
    private const int Many = 50;

    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var (flow, code) = (http.Request.Query["flow"].ToString(), http.Request.Query["code"].ToString());
        var one = flow.Length > 0 && code.Length > 0;
        var read = await causes.ReadAsync(frame.Connection, one ? Many : Few, cancellationToken);
        var shown = one ? [.. read.Where(c => c.Flow.Value == flow && c.Code == code)] : read;
        return PageResult.Of<CausesPage>($"Needs you · {frame.Connection.Id}", new CausesModel(frame, shown, one));
    }

    public async Task<IResult> RetryAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        FlowName? flow = form["flow"] is { } text ? RouteValues.Flow(connection, text, inAddress: false) : null;
        http.Note($"cause {VisibleText.Of(form["code"] ?? "any")}");
        var count = await requests.RetryAllAsync(connection, flow, form["code"], cancellationToken);
        counting.Forget(connection.Id);
        var n = count.ToString(CultureInfo.InvariantCulture);
        return new SeeOther($"{Paths.Of(connection.Id)}/causes?done={DoneWords.RetriedAll}&n={n}");
    }
}

/// <summary>What the page of the causes shows.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Causes">Newest first.</param>
/// <param name="One">Whether only one cause is shown, with all its records.</param>
public sealed record CausesModel(Frame Frame, IReadOnlyList<CauseView> Causes, bool One);
