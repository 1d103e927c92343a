using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>A Zuper invoice as it is to be booked. Pure.</summary>
/// <remarks>
/// Zuper keeps a date as a point in time. It becomes a calendar day: <see cref="DateOf"/>.
/// </remarks>
public static class InvoiceMapper
{
    /// <summary>Label of the custom field that shows the invoice's id in Zuper.</summary>
    public const string SageInvoiceId = "Sage Invoice ID";

    /// <param name="invoice">As Zuper has it.</param>
    /// <param name="settings">The connection's.</param>
    /// <param name="linesByHand">Whether a person has booked its lines (<see cref="LinesByHand"/>): that they can't be
    /// told from Zuper's parts does not reject it then, as long as it has a total.</param>
    public static Mapped<InvoiceDraft> Map(
        ZuperInvoice invoice,
        ZuperConnectionSettings settings,
        bool linesByHand = false
    )
    {
        var number = IntacctText.Clean(invoice.DisplayNumber);
        if (number.Length == 0)
            return Rejected(InvoiceProblems.WithoutNumber());
        if (number.Length > InvoiceText.LongestNumber)
            return Rejected(InvoiceProblems.NumberTooLong(number));
        if (DateOf(invoice.InvoiceDate, settings) is not { } date)
            return Rejected(InvoiceProblems.WithoutDate());
        if (invoice.UnreadableTerms is { } terms)
            return Rejected(InvoiceProblems.TermsUnreadable(terms));
        var due = DateOf(invoice.DueDate, settings);
        if (due < date)
            return Rejected(InvoiceProblems.DueBeforeDate(date, due.Value));
        var reading = InvoiceReading.Of(invoice);
        var sumProblem = reading.Problem ?? (reading.Lines.Count == 0 ? InvoiceProblems.WithoutLines() : null);
        if (sumProblem is not null && (!linesByHand || invoice.Total is null))
            return Rejected(sumProblem);

        if (FieldsRead(settings).Select(invoice.UnreadableField).FirstOrDefault(p => p is not null) is { } unreadable)
            return Rejected(unreadable);
        var carried = invoice.Lines.Where(l => !l.IsSection).Select(l => l.Carried).Prepend(invoice.Carried);
        if (carried.Select(c => c.Problem).FirstOrDefault(p => p is not null) is { } uncarried)
            return Rejected(uncarried);

        var hash = InvoiceHash.Of(invoice, settings);
        var draft = new InvoiceDraft
        {
            Number = number,
            Date = date,
            DueDate = due,
            TermName = NullIfEmpty(IntacctText.Clean(invoice.PaymentTermName)),
            ReferenceNo = NullIfEmpty(IntacctText.Cut(invoice.ReferenceNo, InvoiceText.Reference)),
            ReferenceProblem = IntacctText.Clean(invoice.ReferenceNo).Length is > InvoiceText.Reference and var length
                ? InvoiceProblems.ReferenceTooLong(length)
                : null,
            Description = NullIfEmpty(InvoiceText.Description(invoice)),
            LocationId = Dimension(invoice, settings.InvoiceLocationField),
            DepartmentId = Dimension(invoice, settings.Invoice.DepartmentField),
            ClassId = Dimension(invoice, settings.Invoice.ClassField),
            ProjectId = Dimension(invoice, settings.Invoice.ProjectField),
            CustomFields = invoice.Carried.Values,
            Lines = reading.Lines,
            SumProblem = sumProblem,
            Total = sumProblem is null
                ? reading.Lines.Sum(l => l.Amount)
                : InvoiceReading.Rounded(invoice.Total!.Value),
            Currency = settings.Invoice.Currency,
            Hash = hash,
        };
        return new Mapped<InvoiceDraft>.Document(draft, hash.ToString());
    }

    /// <summary>The calendar day that a date of Zuper stands for.</summary>
    /// <remarks>
    /// Midnight UTC is what a date without a time becomes, and stands for that day in every time zone. Zuper's own
    /// screens write local midnight, or the end of the local day, which are the day of the account's time zone.
    /// </remarks>
    public static DateOnly? DateOf(DateTimeOffset? date, ZuperConnectionSettings settings) =>
        date is not { } at ? null
        : at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(at.UtcDateTime)
        : settings.DayOf(at);

    /// <summary>
    /// The number in Intacct: the one that people see in Zuper, with a suffix once a reversed invoice has it.
    /// </summary>
    /// <param name="number">The number in Zuper.</param>
    /// <param name="revision">How many invoices of that number were reversed.</param>
    public static string NumberInIntacct(string number, int revision) =>
        revision == 0
            ? number
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}-{revision + 1}");

    /// <summary>
    /// Our own id of the invoice in Intacct. It is the same every time, and another one after a reversal.
    /// </summary>
    public static string ExternalId(string invoiceUid, int revision) =>
        NumberInIntacct("Z" + ShortHash.Of(invoiceUid), revision);

    private static IEnumerable<string> FieldsRead(ZuperConnectionSettings settings) =>
        new[]
        {
            settings.InvoiceLocationField,
            settings.Invoice.DepartmentField,
            settings.Invoice.ClassField,
            settings.Invoice.ProjectField,
            SageInvoiceId,
        }.OfType<string>();

    private static string? Dimension(ZuperInvoice invoice, string? field) =>
        field is null ? null : NullIfEmpty(IntacctText.Clean(invoice.CustomField(field)));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static Mapped<InvoiceDraft>.Rejected Rejected(Problem problem) => new(problem);
}
