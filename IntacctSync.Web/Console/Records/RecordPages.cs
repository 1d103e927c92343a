using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Records;

/// <summary>The list of records, and the page of one.</summary>
internal sealed class RecordPages(
    FrameReader frames,
    RecordListing listing,
    KeyMapStore keyMap,
    KnownSources sources,
    Explainer explainer,
    PartyNames parties,
    LinkCandidates candidates,
    AppCatalog apps,
    IntacctAddresses addresses
)
{
    private const int PageSize = 50;

    public async Task<IResult> ListAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var query = http.Request.Query;
        var filter = new RecordFilter(
            Given(query["flow"]) is { } flow ? RouteValues.Flow(frame.Connection, flow, "flow") : null,
            State(Given(query["state"])),
            Given(query["q"])
        );
        var (items, next) = await listing.PageAsync(
            frame.Connection,
            filter.Flow,
            filter.State,
            filter.Text,
            Given(query["after"]),
            PageSize,
            cancellationToken
        );
        return PageResult.Of<RecordsPage>(
            $"Records · {frame.Connection.Id}",
            new RecordsModel(frame, filter, items, next, Given(query["after"]) is not null)
            {
                Parties = await parties.NamesAsync(frame.Connection.Id, items, cancellationToken),
            }
        );
    }

    public async Task<IResult> ShowAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var entry = await EntryAsync(http, frame, flow, sourceId, cancellationToken);
        var (name, source) = (entry.Key.Flow, entry.Key.SourceId);
        var whyNoLinks = apps.Of(frame.Connection).WhyNoLinks(name);
        var awaited = await NamedAsync(frame.Connection, entry.WaitsFor, cancellationToken);
        var sides =
            http.Request.Query["now"] == "1"
                ? await BothSides.ReadAsync(explainer, frame.Connection, name, source, cancellationToken)
                : null;
        return PageResult.Of<RecordPage>(
            Titles.Of(entry),
            new RecordModel(frame, entry, awaited, sides)
            {
                WhyNoLinks = whyNoLinks,
                Candidates =
                    whyNoLinks is null && http.Request.Query["candidates"] == "1"
                        ? await CandidatesAsync(frame.Connection, name, source, cancellationToken)
                        : null,
                Party = (await parties.NamesAsync(frame.Connection.Id, [entry], cancellationToken)).GetValueOrDefault(
                    entry.Key
                ),
                Places = await PlacesAsync(frame.Connection, entry, cancellationToken),
            }
        );
    }

    /// <summary>Asks Intacct where it shows the record, and leads there.</summary>
    public async Task<IResult> OpenInIntacctAsync(
        HttpContext http,
        string id,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var entry = await EntryAsync(http, frame, flow, sourceId, cancellationToken);
        if ((await PlacesAsync(frame.Connection, entry, cancellationToken)).Intacct is not { } place)
            return PageResult.Refused(StatusCodes.Status404NotFound, "It is not in Intacct yet.");
        try
        {
            return await addresses.FindAsync(frame.Connection, place, cancellationToken) is { } address
                ? new SeeOther(address.AbsoluteUri)
                : PageResult.Refused(
                    StatusCodes.Status404NotFound,
                    "Intacct tells no address of it: it is not there any more, or its address is not Intacct's own."
                );
        }
        catch (Exception e) when (BothSides.TextOf(e, frame.Connection) is { } text)
        {
            return PageResult.Refused(StatusCodes.Status503ServiceUnavailable, text);
        }
    }

    private async Task<KeyMapEntry> EntryAsync(
        HttpContext http,
        Frame frame,
        string flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        var name = RouteValues.Flow(frame.Connection, flow);
        var given = RouteValues.SourceId(http, sourceId);
        var source = await sources.FindAsync(frame.Connection, name, given, cancellationToken);
        return await keyMap.GetAsync(new SyncKey(frame.Connection.Id, name, source), cancellationToken)
            ?? throw RefusedException.NotFound("No such record of this flow is known.");
    }

    private async Task<RecordPlaces> PlacesAsync(
        Connection connection,
        KeyMapEntry entry,
        CancellationToken cancellationToken
    ) =>
        apps.Of(connection)
            .PlacesOf(connection, entry, await NamedAsync(connection, entry.Facts?.PartyRecord, cancellationToken));

    private async Task<FoundCandidates> CandidatesAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await candidates.FindAsync(connection, flow, sourceId, cancellationToken);
        }
        catch (Exception e) when (BothSides.TextOf(e, connection) is { } text)
        {
            return new FoundCandidates([], CandidatesRead.NotAtAll, text);
        }
    }

    /// <summary>The record that is named as <c>flow/source id</c>; null where none is.</summary>
    private async Task<KeyMapEntry?> NamedAsync(
        Connection connection,
        string? record,
        CancellationToken cancellationToken
    )
    {
        if (record?.Split('/', 2) is not [var flow, var sourceId] || !FlowName.TryParse(flow, out var name))
            return null;
        return await keyMap.GetAsync(new SyncKey(connection.Id, name, sourceId), cancellationToken);
    }

    private static RecordState? State(string? text) =>
        text is null
            ? null
            : Enum.GetValues<RecordState>()
                .Select(s => (RecordState?)s)
                .FirstOrDefault(s => RecordWords.Name(s!.Value) == text)
                ?? throw RefusedException.Invalid("state", "There is no such state: choose one from the list.");

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>Which records are looked for.</summary>
public sealed record RecordFilter(FlowName? Flow, RecordState? State, string? Text)
{
    public bool Any => Flow is not null || State is not null || Text is not null;

    public string Query(string? after)
    {
        var parts = new List<string>();
        if (Text is not null)
            parts.Add("q=" + Uri.EscapeDataString(Text));
        if (Flow is { } flow)
            parts.Add("flow=" + flow.Value);
        if (State is { } state)
            parts.Add("state=" + RecordWords.Name(state));
        if (after is not null)
            parts.Add("after=" + Uri.EscapeDataString(after));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}

/// <summary>What the list of records shows.</summary>
public sealed record RecordsModel(
    Frame Frame,
    RecordFilter Filter,
    IReadOnlyList<KeyMapEntry> Items,
    string? Next,
    bool IsFurther
)
{
    /// <summary>The customers' names, by record.</summary>
    public required IReadOnlyDictionary<SyncKey, string> Parties { get; init; }
}

/// <summary>What the page of a record shows.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Entry">All that is known of it.</param>
/// <param name="Awaited">The record that it waits for.</param>
/// <param name="Sides">Both sides now; null where they were not asked for.</param>
public sealed record RecordModel(Frame Frame, KeyMapEntry Entry, KeyMapEntry? Awaited, BothSides? Sides)
{
    /// <summary>The customer's name; null where it is not known.</summary>
    public string? Party { get; init; }

    /// <summary>Where people find both sides of it.</summary>
    public RecordPlaces Places { get; init; } = RecordPlaces.None;

    /// <summary>Why nobody can link a record of its flow, and what helps; null where it can be linked.</summary>
    public string? WhyNoLinks { get; init; }

    /// <summary>What it may be linked to; null where that was not asked for.</summary>
    public FoundCandidates? Candidates { get; init; }
}

/// <summary>What a record may be linked to, or why that could not be looked up.</summary>
/// <param name="Records">The likeliest first; none where nothing is alike.</param>
/// <param name="Read">How far it was looked for.</param>
/// <param name="Error">Why it could not be.</param>
public sealed record FoundCandidates(IReadOnlyList<ComparedRecord> Records, CandidatesRead Read, string? Error = null)
{
    /// <summary>What is said beside, or in place of them: what was not looked at may be there.</summary>
    public string? Note(string source, string target) =>
        Read switch
        {
            CandidatesRead.NotAtAll =>
                $"What it may be can't be looked for in {target}. Look there yourself before you let one be made.",
            CandidatesRead.WithoutSource => $"{source} does not show it any more, so nothing can be like it.",
            CandidatesRead.InPart =>
                $"{target} has more than could be looked through in this time: there may be others. "
                    + "Look there yourself before you let one be made.",
            _ when Records.Count == 0 => $"{target} has nothing that is like it and belongs to no other record.",
            _ => null,
        };
}
