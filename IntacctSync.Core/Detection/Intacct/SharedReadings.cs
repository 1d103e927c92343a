using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Reads an object once for all flows whose polls are due at the same time, whichever connection of the same user they
/// belong to: each query of Intacct is a transaction of the month. What was read is kept for a moment and given to each
/// flow once, so that no flow sees the same reading twice, and none an old one.
/// </summary>
/// <remarks>
/// A reading begins where the flow that stands furthest back begins. Each flow is then given what changed since its own
/// place. A reading of more than a page is not kept.
/// </remarks>
public sealed class SharedReadings(IntacctClient intacct, PollingOptions options, TimeProvider time)
{
    /// <summary>The longest that a reading is kept; less where polls are due more often.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A reading is kept for this part of the time between two polls.</summary>
    private const int Part = 10;

    /// <summary>Larger readings are not kept.</summary>
    private const int MostRows = 500;

    /// <summary>How many times the time between two polls a flow's place counts after its last reading.</summary>
    private const int Remembered = 4;

    private readonly ConcurrentDictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);

    /// <summary>What changed since a flow's own place, page by page.</summary>
    /// <param name="connection">Whose flow.</param>
    /// <param name="credentials">To sign in with.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="feed">The object.</param>
    /// <param name="place">From where on.</param>
    /// <param name="anew">Whether only a reading of now will do, as where a person waits for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async IAsyncEnumerable<IntacctPage> PagesAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IntacctFeed feed,
        FeedPlace place,
        bool anew,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reader = $"{connection.Id}/{flow}";
        var between = options.Between(connection.Settings.Flows.First(f => f.Name == flow).Timer, time.GetUtcNow());
        var shelf = _shelves.GetOrAdd(NameOf(credentials, feed, place.Offset), static _ => new Shelf());
        if (!anew && shelf.Take(reader, place, time.GetUtcNow()) is { } kept)
        {
            yield return Own(feed, place, kept);
            yield break;
        }

        var from = shelf.FurthestBack(reader, place, time.GetUtcNow(), between * Remembered);
        var query = feed.ChangedAfter(from.After, from.MadeAfter, place.Offset);
        var first = true;
        await foreach (var page in intacct.QueryPagesAsync(credentials, query, cancellationToken))
        {
            if (first && page.IsLast && page.Records.Count <= MostRows)
                shelf.Put(reader, from, page, time.GetUtcNow() + (between / Part < Longest ? between / Part : Longest));
            first = false;
            yield return Own(feed, place, page);
        }
    }

    /// <summary>Readings of users that may see different things are kept apart.</summary>
    private static string NameOf(IntacctCredentials credentials, IntacctFeed feed, TimeSpan offset) =>
        string.Join(
            '\n',
            credentials.CompanyId.ToUpperInvariant(),
            credentials.UserId,
            credentials.EntityId,
            credentials.SenderId,
            feed.Object,
            string.Join(',', feed.Fields),
            offset.ToString("c", CultureInfo.InvariantCulture)
        );

    /// <summary>A page as a reading from the flow's own place would have given it.</summary>
    private static IntacctPage Own(IntacctFeed feed, FeedPlace place, IntacctPage page) =>
        page with
        {
            Records = [.. page.Records.Where(r => IsAfter(feed, place, r))],
            FullyReadTo = IsAfter(page.FullyReadTo, place.After, place.Offset) ? page.FullyReadTo : null,
            LastSeen = IsAfter(page.LastSeen, place.After, place.Offset) ? page.LastSeen : null,
        };

    private static bool IsAfter(IntacctFeed feed, FeedPlace place, IntacctRecord row) =>
        row[IntacctFeed.ChangedField] is { } changed
            ? IsAfter(changed, place.After, place.Offset)
            : IsAfter(row[feed.CreatedField], place.MadeAfter, feed.CreatedInGmt ? TimeSpan.Zero : place.Offset);

    /// <summary>
    /// Intacct counts whole seconds. A time that can't be read counts as after, so that the flow says so.
    /// </summary>
    private static bool IsAfter(string? text, DateTimeOffset place, TimeSpan offset) =>
        text is not null
        && (!IntacctTime.TryParse(text, offset, out var at) || at.ToUnixTimeSeconds() > place.ToUnixTimeSeconds());

    /// <summary>The last reading of one object, and where the flows that read it stand.</summary>
    private sealed class Shelf
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, (FeedPlace Place, DateTimeOffset At)> _places = new(StringComparer.Ordinal);
        private readonly HashSet<string> _had = new(StringComparer.Ordinal);
        private FeedPlace? _from;
        private IntacctPage? _page;
        private DateTimeOffset _until;

        /// <summary>The reading, if it is fresh, reaches back far enough, and this reader has not had it.</summary>
        public IntacctPage? Take(string reader, FeedPlace place, DateTimeOffset now)
        {
            lock (_gate)
            {
                _places[reader] = (place, now);
                return
                    _page is { } page
                    && now < _until
                    && _from!.After <= place.After
                    && _from.MadeAfter <= place.MadeAfter
                    && _had.Add(reader)
                    ? page
                    : null;
            }
        }

        /// <summary>Where to begin, so that the reading serves everybody who has read the object lately.</summary>
        public FeedPlace FurthestBack(string reader, FeedPlace place, DateTimeOffset now, TimeSpan remembered)
        {
            lock (_gate)
            {
                _places[reader] = (place, now);
                foreach (var old in _places.Where(p => now - p.Value.At > remembered).Select(p => p.Key).ToList())
                    _places.Remove(old);
                return place with
                {
                    After = _places.Values.Min(p => p.Place.After),
                    MadeAfter = _places.Values.Min(p => p.Place.MadeAfter),
                };
            }
        }

        public void Put(string reader, FeedPlace from, IntacctPage page, DateTimeOffset until)
        {
            lock (_gate)
            {
                (_from, _page, _until) = (from, page, until);
                _had.Clear();
                _had.Add(reader);
            }
        }
    }
}

/// <summary>Where a flow stands in an object.</summary>
/// <param name="After">What changed after this time is read.</param>
/// <param name="MadeAfter">Of records without a time of change, what was made after this.</param>
/// <param name="Offset">The user's offset, in which Intacct writes times.</param>
internal sealed record FeedPlace(DateTimeOffset After, DateTimeOffset MadeAfter, TimeSpan Offset);
