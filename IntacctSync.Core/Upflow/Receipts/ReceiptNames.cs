using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// What the row of a receipt keeps among its names (<see cref="KeyMapEntry.Waits"/>), and what those say. Pure.
/// </summary>
internal static class ReceiptNames
{
    private const string Mark = "docnumber:";
    private const string Invoice = "invoice:";
    private const string UnderWay = "under way";
    private const string Before = "from before";
    private const string Posted = "posted:";

    /// <summary>How the names of payments begin that a person was asked about.</summary>
    public const string Asked = "asked:";

    private const string Other = "other:";
    private const string Event = "event:";
    private const string Unseen = "unseen since:";

    /// <summary>
    /// How many of these events a row keeps, the latest. Upflow's lists show only what a payment says now, so earlier
    /// events do not come again; refunds have events of their own.
    /// </summary>
    private const int KeptWaiting = 4;

    /// <summary>
    /// The row with the events that it is being looked at for. As long as it waits they have envelopes of their own,
    /// and are not to be sent once more.
    /// </summary>
    public static KeyMapEntry LookedAtFor(KeyMapEntry entry, IEnumerable<string> eventIds)
    {
        var now = eventIds.Select(e => Event + e).ToList();
        return entry with
        {
            Waits =
            [
                .. entry.Waits.Where(w => !w.StartsWith(Event, StringComparison.Ordinal)),
                .. Named(entry, Event)
                    .Select(e => Event + e)
                    .Except(now, StringComparer.Ordinal)
                    .Concat(now)
                    .Distinct(StringComparer.Ordinal)
                    .TakeLast(KeptWaiting),
            ],
        };
    }

    /// <summary>
    /// Whether a row has waited with an event, and was looked at so lately that the envelope of that is under way.
    /// </summary>
    public static bool WaitsWith(KeyMapEntry entry, string eventId, DateTimeOffset now) =>
        entry.State is RecordState.Pending or RecordState.InDoubt
        && Named(entry, Event).Contains(eventId, StringComparer.Ordinal)
        && entry.Timeline is [.., var last]
        && (now - last.At).Duration() < ReceiptProblems.LookAgain + ReceiptProblems.LookAgain;

    /// <summary>How a row names the number that its payment has in Intacct.</summary>
    public static string NameOf(string docNumber) => Mark + docNumber.Trim();

    /// <summary>
    /// The names that a row keeps: of the number and of the payments in Intacct that it was found to be; and, until it
    /// is posted, of each invoice that it has been linked to, so that it is known when one of them is gone, of the
    /// payments that a person was asked about, since when one of its invoices was paid by something that is not shown,
    /// and whether its money has been under way.
    /// </summary>
    /// <param name="facts">As it is now.</param>
    /// <param name="entry">Its row as it was.</param>
    /// <param name="found">The payment that it is found to be; null where none is.</param>
    public static IReadOnlyList<string> NamesOf(ReceiptFacts facts, KeyMapEntry entry, string? found = null) =>
        [
            NameOf(facts.DocNumber),
            .. Named(entry, Posted)
                .Append(found)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(p => Posted + p),
            .. Named(entry, Event).Select(e => Event + e),
            .. entry.TargetId is not null || found is not null
                ? []
                : facts
                    .Parts.Select(p => p.SourceId)
                    .OfType<string>()
                    .Concat(InvoicesOf(entry))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(i => Invoice + i)
                    .Concat(Named(entry, Asked).Select(p => Asked + p))
                    .Concat(Named(entry, Other).Select(p => Other + p))
                    .Concat(Named(entry, Unseen).Select(t => Unseen + t))
                    .Concat(facts.State == ReceiptState.UnderWay || WasUnderWay(entry) ? [UnderWay] : [])
                    .Concat(IsFromBefore(entry) ? [Before] : []),
        ];

    /// <summary>
    /// Whether it was found to be from before receipts were switched on. A later change of it says nothing of when it
    /// was taken.
    /// </summary>
    public static bool IsFromBefore(KeyMapEntry entry) => entry.Waits.Contains(Before, StringComparer.Ordinal);

    /// <summary>The row of a receipt that is from before.</summary>
    public static KeyMapEntry FromBefore(KeyMapEntry entry) =>
        IsFromBefore(entry) ? entry : entry with { Waits = [.. entry.Waits, Before] };

    /// <summary>
    /// The payments in Intacct, by RECORDNO, that a receipt is or has been: what it is linked to, what was posted for
    /// it, and what it was found to be.
    /// </summary>
    public static IEnumerable<string> PaymentsOf(KeyMapEntry entry) =>
        Named(entry, Posted)
            .Append(entry.TargetId)
            .Append(entry.Made)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>The row of a receipt for which these payments in Intacct were posted as well.</summary>
    public static KeyMapEntry AlsoPosted(KeyMapEntry entry, IEnumerable<string> recordNos) =>
        entry with
        {
            Waits = [.. entry.Waits.Concat(recordNos.Select(r => Posted + r)).Distinct(StringComparer.Ordinal)],
        };

    /// <summary>The payments in Intacct that a person was asked about, whether one of them is this receipt.</summary>
    public static IEnumerable<string> AskedOf(KeyMapEntry entry) => Named(entry, Asked);

    /// <summary>The payments in Intacct of which a person has said that none is this receipt.</summary>
    public static IEnumerable<string> OthersOf(KeyMapEntry entry) => Named(entry, Other);

    /// <summary>The row of a receipt about which a person is asked.</summary>
    public static KeyMapEntry AskedAbout(KeyMapEntry entry, IEnumerable<string> recordNos) =>
        entry with
        {
            Waits =
            [
                .. entry.Waits.Where(w => !w.StartsWith(Asked, StringComparison.Ordinal)),
                .. recordNos.Distinct(StringComparer.Ordinal).Select(r => Asked + r),
            ],
        };

    /// <summary>The same once the person has said that it is none of those that were asked about.</summary>
    public static KeyMapEntry Denied(KeyMapEntry entry) =>
        AskedAbout(entry, []) with
        {
            Waits =
            [
                .. AskedAbout(entry, []).Waits,
                .. AskedOf(entry).Except(OthersOf(entry), StringComparer.Ordinal).Select(r => Other + r),
            ],
        };

    /// <summary>
    /// The row of a receipt whose invoice was paid by something that Intacct does not show; it keeps since when.
    /// </summary>
    public static KeyMapEntry PaidUnseenAt(KeyMapEntry entry, DateTimeOffset now) =>
        UnseenSince(entry) is not null
            ? entry
            : entry with
            {
                Waits = [.. entry.Waits, Unseen + now.ToString("O", CultureInfo.InvariantCulture)],
            };

    /// <summary>The same once all is shown.</summary>
    public static KeyMapEntry AllSeen(KeyMapEntry entry) =>
        UnseenSince(entry) is null
            ? entry
            : entry with
            {
                Waits = [.. entry.Waits.Where(w => !w.StartsWith(Unseen, StringComparison.Ordinal))],
            };

    /// <summary>Since when; null where all is shown.</summary>
    public static DateTimeOffset? UnseenSince(KeyMapEntry entry) =>
        Named(entry, Unseen).FirstOrDefault() is { } since
            ? DateTimeOffset.ParseExact(since, "O", CultureInfo.InvariantCulture)
            : null;

    /// <summary>How a row names an invoice that it pays.</summary>
    public static string NameOfInvoice(string sourceId) => Invoice + sourceId;

    /// <summary>Whether its money was under way when it was looked at: nobody can have entered it before.</summary>
    public static bool WasUnderWay(KeyMapEntry entry) => entry.Waits.Contains(UnderWay, StringComparer.Ordinal);

    /// <summary>The invoices that a receipt has been linked to, by their source ids.</summary>
    public static IEnumerable<string> InvoicesOf(KeyMapEntry entry) => Named(entry, Invoice);

    private static IEnumerable<string> Named(KeyMapEntry entry, string kind) =>
        entry.Waits.Where(w => w.StartsWith(kind, StringComparison.Ordinal)).Select(w => w[kind.Length..]);
}
