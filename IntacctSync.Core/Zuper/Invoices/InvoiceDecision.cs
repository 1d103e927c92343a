using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What is to be done for an invoice, from its row and from what Zuper says of it now.</summary>
internal abstract record InvoiceDecision
{
    private InvoiceDecision() { }

    /// <summary>It is linked, and nothing is to be written.</summary>
    /// <param name="Detail">Why, for the story.</param>
    /// <param name="Hash">What the row's hash becomes.</param>
    public sealed record Unchanged(string Detail, string? Hash) : InvoiceDecision
    {
        /// <summary>What the row's fingerprints become; null where they stay as they are.</summary>
        public string? Fingerprints { get; init; }
    }

    /// <summary>It is not linked, and nothing is to be done.</summary>
    public sealed record Skip(string Reason) : InvoiceDecision
    {
        /// <summary>Whether it is left out for its date, so that nothing of it is looked at.</summary>
        public bool IsEarly { get; init; }
    }

    public sealed record Reject(Problem Problem) : InvoiceDecision;

    /// <summary>
    /// It is out of use or a draft in Zuper and linked to nothing, but shows a Sage id: what that leads to may be its
    /// invoice.
    /// </summary>
    /// <param name="SageId">The id.</param>
    /// <param name="How">How it stands in Zuper, such as <c>deleted</c> or <c>a draft</c>.</param>
    public sealed record CheckGone(string SageId, string How) : InvoiceDecision;

    /// <summary>Its counterpart is to be taken out of the books.</summary>
    /// <param name="Cause">Why, for the books.</param>
    public sealed record Reverse(string Cause) : InvoiceDecision;

    /// <summary>It is to be in the books with what Zuper has, so its customer must be found.</summary>
    public abstract record ToBook(InvoiceDraft Draft) : InvoiceDecision;

    /// <summary>Its Sage id names an invoice that we did not link: adopted if the id is good.</summary>
    /// <param name="SageId">The id.</param>
    /// <param name="Draft">What would be booked.</param>
    /// <param name="Otherwise">Why it is left out where the id is not good; null where a person is then asked.</param>
    public sealed record CheckSageId(string SageId, InvoiceDraft Draft, string? Otherwise = null) : ToBook(Draft);

    public sealed record Create(InvoiceDraft Draft) : ToBook(Draft);

    /// <summary>Something of it has changed in Zuper, or it is not known what was written last.</summary>
    public sealed record Update(InvoiceDraft Draft) : ToBook(Draft);

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="invoice">As Zuper has it; null when Zuper has it no longer.</param>
    /// <param name="policy">Of the connection.</param>
    /// <param name="requested">Whether a person asked for it.</param>
    public static InvoiceDecision For(KeyMapEntry entry, ZuperInvoice? invoice, InvoicePolicy policy, bool requested)
    {
        if (entry.TargetId is null)
            return Unlinked(invoice, policy, requested);
        return entry.Hash switch
        {
            InvoiceHash.Reversed => OutOfTheBooks(invoice, policy),
            InvoiceHash.Replaced => Owed(invoice, policy),
            _ => Linked(entry, invoice, policy),
        };
    }

    private static InvoiceDecision Unlinked(ZuperInvoice? invoice, InvoicePolicy policy, bool requested)
    {
        var before = requested ? null : BeforeTheStart(invoice, policy);
        var shown = before is null ? invoice?.CustomField(InvoiceMapper.SageInvoiceId) : null;
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return shown is not null
                ? new CheckGone(shown, gone)
                : new Skip($"It is {gone} in Zuper and was never synced.") { IsEarly = before is not null };
        if (!InvoiceStatus.IsAmong(invoice, policy.Settings.Invoice.Statuses))
            return shown is not null
                ? NotChosen(invoice!, shown, policy)
                : new Skip(StatusNotChosen(invoice!, policy)) { IsEarly = before is not null };
        if (before is not null)
            return before;
        return InvoiceMapper.Map(invoice!, policy.Settings) switch
        {
            Mapped<InvoiceDraft>.Document d when shown is not null => new CheckSageId(shown, d.Value),
            var mapped => Mapped(mapped, ToCreate),
        };
    }

    /// <summary>
    /// One that is not booked in its status, and shows a Sage id, may have been booked before: it is linked again if
    /// the id is good, and else left out. Of a draft a person is asked.
    /// </summary>
    private static InvoiceDecision NotChosen(ZuperInvoice invoice, string shown, InvoicePolicy policy)
    {
        if (InvoiceStatus.IsDraft(invoice, policy.Settings.Invoice.Statuses))
            return new CheckGone(shown, InvoiceStatus.InWords(invoice.Status));
        var reason = StatusNotChosen(invoice, policy);
        return InvoiceMapper.Map(invoice, policy.Settings) is Mapped<InvoiceDraft>.Document d
            ? new CheckSageId(shown, d.Value, reason)
            : new Skip(reason);
    }

    /// <summary>
    /// Whether what stands on it in Zuper is held against the rows of payments: it is linked, or is not to be. One that
    /// is about to be linked is looked at then.
    /// </summary>
    public static bool LooksAtPayments(InvoiceWork work) =>
        work.Entry.TargetId is not null || work.Decision is CheckGone or Skip { IsEarly: false };

    /// <summary>Null where it is dated on the day of the start or later.</summary>
    private static Skip? BeforeTheStart(ZuperInvoice? invoice, InvoicePolicy policy) =>
        InvoiceMapper.DateOf(invoice?.InvoiceDate, policy.Settings) is { } date && date < policy.StartDate
            ? new Skip(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is dated {date:yyyy-MM-dd}, and the sync starts with {policy.StartDate:yyyy-MM-dd}."
                )
            )
            {
                IsEarly = true,
            }
            : null;

    private static InvoiceDecision Linked(KeyMapEntry entry, ZuperInvoice? invoice, InvoicePolicy policy)
    {
        if (invoice is null)
            return new Reject(Missing(entry));
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return new Reverse($"It is {gone} in Zuper");
        if (InvoiceStatus.IsAtRest(invoice))
            return new Unchanged(
                $"It is {InvoiceStatus.InWords(invoice!.Status)} in Zuper, which changes nothing in Intacct.",
                entry.Hash
            );
        if (InvoiceStatus.IsDraft(invoice, policy.Settings.Invoice.Statuses))
            return new Reject(BackToDraft(entry, invoice!));
        if (InvoiceHash.Parse(entry.Hash)?.Covers(InvoiceHash.Of(invoice!, policy.Settings)) == true)
            return new Unchanged("Both sides are equal.", InvoiceHash.Of(invoice!, policy.Settings).ToString())
            {
                Fingerprints = InvoiceFieldChanges.OfEqual(
                    entry,
                    () => (MapLinked(entry, invoice!, policy) as Mapped<InvoiceDraft>.Document)?.Value
                ),
            };
        return Mapped(MapLinked(entry, invoice!, policy), draft => new Update(draft));
    }

    private static Mapped<InvoiceDraft> MapLinked(KeyMapEntry entry, ZuperInvoice invoice, InvoicePolicy policy) =>
        InvoiceMapper.Map(invoice, policy.Settings, LinesByHand.Are(entry));

    /// <summary>
    /// Its counterpart is reversed. The invoice can only come back as another one.
    /// </summary>
    private static InvoiceDecision OutOfTheBooks(ZuperInvoice? invoice, InvoicePolicy policy) =>
        invoice switch
        {
            _ when InvoiceStatus.Gone(invoice) is not null
                    || InvoiceStatus.IsAtRest(invoice)
                    || InvoiceStatus.IsDraft(invoice, policy.Settings.Invoice.Statuses) => new Unchanged(
                "It is out of the books in Intacct.",
                InvoiceHash.Reversed
            ),
            _ when !InvoiceStatus.IsAmong(invoice, policy.Settings.Invoice.Statuses) => new Unchanged(
                StatusNotChosen(invoice!, policy),
                InvoiceHash.Reversed
            ),
            _ when !policy.Settings.Invoice.Recreate => new Reject(
                new Problem(
                    "invoice-alive-again",
                    $"It is {invoice!.Status} in Zuper again, after its invoice in Intacct was reversed.",
                    "Set invoice.recreate in the connection's settings to have it made anew with a suffix to "
                        + "its number, or cancel it in Zuper, or ignore it."
                )
            ),
            _ => Mapped(InvoiceMapper.Map(invoice!, policy.Settings), ToCreate),
        };

    /// <summary>It was reversed to be made anew. So it is made, whatever the settings say by now.</summary>
    private static InvoiceDecision Owed(ZuperInvoice? invoice, InvoicePolicy policy)
    {
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return new Unchanged($"It is {gone} in Zuper and out of the books in Intacct.", InvoiceHash.Reversed);
        return InvoiceStatus.IsDraft(invoice, policy.Settings.Invoice.Statuses)
            ? new Unchanged("It is out of the books in Intacct until it is more than a draft.", InvoiceHash.Replaced)
            : Mapped(InvoiceMapper.Map(invoice!, policy.Settings), ToCreate);
    }

    private static InvoiceDecision ToCreate(InvoiceDraft draft) =>
        draft.ReferenceProblem is { } problem ? new Reject(problem) : new Create(draft);

    private static InvoiceDecision Mapped(Mapped<InvoiceDraft> mapped, Func<InvoiceDraft, InvoiceDecision> then) =>
        mapped switch
        {
            Mapped<InvoiceDraft>.Document d => then(d.Value),
            Mapped<InvoiceDraft>.Rejected r => new Reject(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };

    private static string StatusNotChosen(ZuperInvoice invoice, InvoicePolicy policy) =>
        $"It is {InvoiceStatus.InWords(invoice.Status)} in Zuper; invoices are booked once they are "
        + $"{string.Join(", ", policy.Settings.Invoice.Statuses.Select(InvoiceStatus.InWords))}.";

    /// <summary>
    /// Zuper still shows what was deleted there. That it does not know an invoice is therefore no reason to reverse it.
    /// </summary>
    private static Problem Missing(KeyMapEntry entry) =>
        new(
            "zuper-record-missing",
            $"Zuper does not know it any more, though it shows what was deleted there; it is booked in Intacct "
                + $"as {entry.TargetId}.",
            "Check that the Zuper account and its API key still see the invoice, then retry; if it is gone for "
                + "good, reverse it in Intacct by hand and ignore this record."
        );

    private static Problem BackToDraft(KeyMapEntry entry, ZuperInvoice invoice) =>
        new(
            "invoice-back-to-draft",
            $"It is {invoice.Status} in Zuper again, and booked in Intacct as {entry.TargetId}.",
            "Issue it again in Zuper, or cancel it there, which reverses it in Intacct."
        );
}
