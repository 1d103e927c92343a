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
    /// <summary>How many causes a page shows.</summary>
    private const int PageSize = 10;

    /// <summary>How many records of each cause are shown where the page has few causes, where it has many, and where
    /// it is of one alone: so that it stays small, however long their names are.</summary>
    private const int Some = 5;
    private const int Fewer = 3;
    private const int Many = 40;

    private const int FewCauses = 5;

    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var (flow, code) = (http.Request.Query["flow"].ToString(), http.Request.Query["code"].ToString());
        var one = flow.Length > 0 && code.Length > 0;
        var all = await causes.ListAsync(frame.Connection, one ? Many : Some, cancellationToken);
        var from = one ? 0 : Paths.Place(http.Request.Query["from"]);
        FlowCause[] listed = one
            ? [.. all.Where(c => c.Flow.Value == flow && c.Cause.Code == code)]
            : [.. all.Skip(from).Take(PageSize)];
        var examples =
            one ? Many
            : listed.Length > FewCauses ? Fewer
            : Some;
        return PageResult.Of<CausesPage>(
            $"Needs you · {frame.Connection.Id}",
            new CausesModel(
                frame,
                await causes.ReadAsync(frame.Connection, listed, examples, cancellationToken),
                all.Count,
                from,
                one || from + listed.Length >= all.Count ? null : from + listed.Length,
                one
            )
        );
    }

    public async Task<IResult> RetryAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        FlowName? flow = form["flow"] is { } text ? RouteValues.Flow(connection, text, "flow") : null;
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
/// <param name="All">How many causes there are.</param>
/// <param name="From">How many come before those that are shown.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="One">Whether only one cause is shown, with all its records.</param>
public sealed record CausesModel(Frame Frame, IReadOnlyList<CauseView> Causes, int All, int From, int? Next, bool One);
