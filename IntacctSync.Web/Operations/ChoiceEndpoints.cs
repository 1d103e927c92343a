using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Review;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>The lists of both systems that the settings of a connection are chosen from.</summary>
internal sealed class ChoiceEndpoints(ConnectionStore connections, AppCatalog apps, ChoiceReader choices)
{
    /// <param name="id">The connection.</param>
    /// <param name="again">Whether they are read anew, although they are kept.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IResult> ListAsync(string id, bool again, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var kept = again ? null : choices.Kept(connection);
        var read = kept ?? await choices.ReadAsync(connection, cancellationToken);
        return Json.Ok(
            new ConnectionChoices(
                [
                    .. apps.Of(connection)
                        .Choices.Where(l => read.Lists.ContainsKey(l.Name))
                        .Select(l => new ShownChoices(l.Name, l.Title, read.Lists[l.Name])),
                ],
                read.Unread,
                read.At
            )
        );
    }
}

/// <summary>What the settings of a connection can be chosen from.</summary>
/// <param name="Lists">Each list that could be read.</param>
/// <param name="Unread">Those that could not, and why.</param>
/// <param name="ReadAt">When.</param>
internal sealed record ConnectionChoices(
    IReadOnlyList<ShownChoices> Lists,
    IReadOnlyList<UnreadList> Unread,
    DateTimeOffset ReadAt
);

/// <summary>One list.</summary>
/// <param name="Name">Such as <c>accounts</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Choices">What a setting may be, and how people read it.</param>
internal sealed record ShownChoices(string Name, string Title, IReadOnlyList<FieldChoice> Choices);
