using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>A Zuper invoice as it is to be booked. Pure.</summary>
/// <remarks>
/// Zuper keeps a date as a point in time. It becomes the calendar day of the account's time zone.
/// </remarks>
public static class InvoiceMapper
{
    /// <summary>Label of the custom field that shows the invoice's id in Zuper.</summary>
    public const string SageInvoiceId = "Sage Invoice ID";

    public static Mapped<InvoiceDraft> Map(ZuperInvoice invoice, ZuperConnectionSettings settings)
    {
        var number = IntacctText.Clean(invoice.DisplayNumber);
        if (number.Length == 0)
            return Rejected(InvoiceProblems.WithoutNumber());
        if (number.Length > InvoiceText.Number - 4)
            return Rejected(InvoiceProblems.NumberTooLong(number));
        if (DateOf(invoice.InvoiceDate, settings) is not { } date)
            return Rejected(InvoiceProblems.WithoutDate());
        var due = DateOf(invoice.DueDate, settings);
        if (due < date)
            return Rejected(InvoiceProblems.DueBeforeDate(date, due.Value));
        var reading = InvoiceReading.Of(invoice);
        if (reading.Problem is { } problem)
            return Rejected(problem);
        if (reading.Lines.Count == 0)
            return Rejected(InvoiceProblems.WithoutLines());

        var hash = InvoiceHash.Of(invoice, settings);
        var draft = new InvoiceDraft
        {
            Number = number,
            Date = date,
            DueDate = due,
            TermName = NullIfEmpty(IntacctText.Clean(invoice.PaymentTermName)),
            ReferenceNo = NullIfEmpty(IntacctText.Cut(invoice.ReferenceNo, InvoiceText.Reference)),
            Description = NullIfEmpty(InvoiceText.Description(invoice)),
            LocationId = Dimension(invoice, settings.InvoiceLocationField),
            DepartmentId = Dimension(invoice, settings.Invoice.DepartmentField),
            ClassId = Dimension(invoice, settings.Invoice.ClassField),
            ProjectId = Dimension(invoice, settings.Invoice.ProjectField),
            Lines = reading.Lines,
            Total = reading.Lines.Sum(l => l.Amount),
            Hash = hash,
        };
        return new Mapped<InvoiceDraft>.Document(draft, hash.ToString());
    }

    /// <summary>The calendar day of a point in time in the account's time zone.</summary>
    public static DateOnly? DateOf(DateTimeOffset? time, ZuperConnectionSettings settings) =>
        time is { } at
            ? DateOnly.FromDateTime(
                TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(settings.Zuper.TimeZone)).DateTime
            )
            : null;

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

    private static string? Dimension(ZuperInvoice invoice, string? field) =>
        field is null ? null : NullIfEmpty(IntacctText.Clean(invoice.CustomField(field)));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static Mapped<InvoiceDraft>.Rejected Rejected(Problem problem) => new(problem);
}
