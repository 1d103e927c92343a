using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Tells whether an invoice in Intacct is the one that a create without an answer has made. Number and customer alone
/// do not say so: an accountant who missed the invoice may have entered it meanwhile. Pure.
/// </summary>
internal static class SettledInvoice
{
    /// <summary>
    /// Whether it is posted and comes to what was sent, under the number and for the customer of it, about that date.
    /// </summary>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="intent">The create.</param>
    /// <param name="currency">Of what is sent, by the settings, ISO 4217; null for the base currency.</param>
    public static bool Fits(BookedInvoice booked, Intent intent, string? currency) =>
        IsUnder(booked, intent)
        && booked.IsIn(currency)
        && booked.State is not (BookedState.Reversed or BookedState.Draft)
        && HasTotal(booked, intent)
        && (intent.Date is null || booked.IsDatedNear(intent.Date));

    /// <summary>
    /// Why a person must say which invoice it is: what stands there is not the only one that fits, is a draft, comes to
    /// another sum, is of another time, or was reversed since. Null where just one fits, and where nothing stands
    /// there.
    /// </summary>
    public static Problem? ObjectionTo(Intent intent, IEnumerable<BookedInvoice> standing, string? currency)
    {
        var under = standing
            .Where(b => IsUnder(b, intent) && (b.State != BookedState.Reversed || HasTotal(b, intent)))
            .ToList();
        if (under.Count == 0 || under.Count(b => Fits(b, intent, currency)) == 1)
            return null;
        var sent = intent.Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $", and it comes to {total:0.00}")
            : "";
        if (intent.Date is { } date)
            sent += string.Create(CultureInfo.InvariantCulture, $", dated {date:yyyy-MM-dd}");
        return new Problem(
            "number-taken",
            $"It was sent to Intacct and got no answer{sent}. Intacct has its number and customer: "
                + $"{string.Join("; ", under.Select(b => Described(b, currency)).Order(StringComparer.Ordinal))}.",
            "If it is one of these, make the amount the same on both sides, post what is a draft, then link the record "
                + "to it; else change the number in Zuper, or the other one's in Intacct, then retry."
        );
    }

    private static bool IsUnder(BookedInvoice booked, Intent intent) =>
        string.Equals(booked.NaturalKey, intent.NaturalKey, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of an intent from before sums were kept this is not known.</summary>
    private static bool HasTotal(BookedInvoice booked, Intent intent) =>
        intent.Total is not { } total || booked.Total == total;

    private static string Described(BookedInvoice booked, string? currency) =>
        $"{booked.TargetId}, {InvoiceMatchProblems.Sum(booked, currency)}{InvoiceMatchProblems.State(booked)}"
        + InvoiceMatchProblems.Dated(booked);
}
