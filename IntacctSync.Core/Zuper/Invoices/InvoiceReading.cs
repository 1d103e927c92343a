using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Finds the lines, discount, taxes and fees that an invoice is made of. Zuper gives some amounts twice: a discount may
/// be in the lines already, and a tax both on lines and on the whole invoice. The reading whose parts add up to the
/// total is taken. A total that Zuper has rounded once may differ from its rounded lines by half a cent for each: that
/// rest is a line of its own. If no reading adds up so, the invoice is rejected. Pure.
/// </summary>
internal sealed record InvoiceReading(IReadOnlyList<InvoiceDraftLine> Lines, Problem? Problem)
{
    private const string LineItem = "LINE_ITEM";

    /// <summary>What rounding a line to cents changes at most.</summary>
    private const decimal HalfACent = 0.005m;

    private const decimal ACent = 0.01m;

    public static InvoiceReading Of(ZuperInvoice invoice)
    {
        if (invoice.Total is not { } exact)
            return Rejected(InvoiceProblems.WithoutTotal());
        if (invoice.Fees.FirstOrDefault(f => f.Amount is null) is { } unknown)
            return Rejected(InvoiceProblems.FeeWithoutAmount(unknown.Name));
        var items = new List<InvoiceDraftLine>();
        foreach (var line in invoice.Lines.Where(l => !IsHeading(l)))
        {
            if (Item(line) is not { } item)
                return Rejected(
                    InvoiceProblems.LineDoesNotAddUp(
                        InvoiceText.Memo(line),
                        Amount(line, out _, out _),
                        line.Total!.Value
                    )
                );
            items.Add(item);
        }

        var total = Rounded(exact);
        var fees = invoice
            .Fees.Where(f => Rounded(f.Amount!.Value) != 0)
            .Select(f => new InvoiceDraftLine(InvoiceLineKind.Fee, Rounded(f.Amount!.Value), Named("Fee", f.Name)))
            .ToList();
        var sum = items.Sum(i => i.Amount) + fees.Sum(f => f.Amount);
        var readings =
            from discount in Discounts(invoice)
            from taxes in Taxes(invoice)
            select (Discount: discount, Taxes: taxes, Left: total - (sum - discount + taxes.Sum(t => t.Amount)));

        // The first of the best readings, and none that is further off than rounding can be.
        var best = readings.MinBy(r => Math.Abs(r.Left));
        if (Math.Abs(best.Left) <= items.Count * HalfACent)
            return new InvoiceReading(
                [.. items, .. Discount(best.Discount), .. best.Taxes, .. fees, .. Rounding(best.Left)],
                null
            );

        return Rejected(
            InvoiceProblems.DoesNotAddUp(
                items.Sum(i => i.Amount),
                Discounts(invoice)[0],
                Taxes(invoice)[0].Sum(t => t.Amount),
                fees.Sum(f => f.Amount),
                total
            )
        );
    }

    /// <summary>Half away from zero, to cents.</summary>
    public static decimal Rounded(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static InvoiceReading Rejected(Problem problem) => new([], problem);

    /// <summary>Whether a row only divides the list.</summary>
    private static bool IsHeading(ZuperInvoiceLine line) =>
        line.IsSection || ((line.Quantity is null || line.UnitPrice is null) && line.Total is null or 0m);

    /// <returns>Null when the line's own total is neither with nor without its discount.</returns>
    private static InvoiceDraftLine? Item(ZuperInvoiceLine line)
    {
        var amount = Amount(line, out var gross, out var exact);
        var line0 = new InvoiceDraftLine(InvoiceLineKind.Item, amount, InvoiceText.Memo(line))
        {
            Quantity = line is { Quantity: { } quantity, UnitPrice: not null } ? quantity : 1,
            UnitPrice = line is { Quantity: not null, UnitPrice: { } price } ? price : amount,
            DiscountPercent = IsPercentage(line) && line.Discount is > 0 ? line.Discount : null,
            ProductUid = line.ProductUid,
            ProductId = line.ProductId,
            CustomFields = line.Carried.Values,
        };
        if (line.Total is not { } own || Rounded(own) == amount)
            return line0;

        // Zuper's own rounding of the line goes before ours, be it up, down or twice: less than a cent is no other
        // amount.
        if (Math.Abs(own - exact) < ACent)
            return line0 with { Amount = Rounded(own) };

        // The line's total leaves out its discount, which is then part of the invoice's discount.
        return Rounded(own) == gross ? line0 with { Amount = gross, DiscountPercent = null } : null;
    }

    /// <param name="line">The line.</param>
    /// <param name="gross">Its amount before its own discount.</param>
    /// <param name="exact">Its amount before it is rounded.</param>
    private static decimal Amount(ZuperInvoiceLine line, out decimal gross, out decimal exact)
    {
        exact = line.Total ?? 0;
        if (line is not { Quantity: { } quantity, UnitPrice: { } price })
            return gross = Rounded(exact);
        var whole = quantity * price;
        gross = Rounded(whole);
        var discount = line.Discount ?? 0;
        exact = whole - (IsPercentage(line) ? whole * discount / 100 : discount);
        return Rounded(exact);
    }

    private static bool IsPercentage(ZuperInvoiceLine line) =>
        line.DiscountType?.StartsWith("PERCENT", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The discounts that may have to be taken off the lines, the likeliest first.</summary>
    private static decimal[] Discounts(ZuperInvoice invoice) =>
        Rounded(Math.Abs(invoice.TotalDiscount ?? 0)) switch
        {
            0 => [0],
            var off when invoice.DiscountApplicability == LineItem => [0, off],
            var off => [off, 0],
        };

    private static IEnumerable<InvoiceDraftLine> Discount(decimal amount) =>
        amount == 0 ? [] : [new InvoiceDraftLine(InvoiceLineKind.Discount, -amount, "Discount")];

    private static IEnumerable<InvoiceDraftLine> Rounding(decimal amount) =>
        amount == 0 ? [] : [new InvoiceDraftLine(InvoiceLineKind.Rounding, amount, Books.InvoiceRounding.Memo)];

    /// <summary>
    /// The taxes that may have to be added, the likeliest first. Where Zuper gives a tax, each reading has one, so that
    /// a tax is never left out of the books.
    /// </summary>
    private static List<List<InvoiceDraftLine>> Taxes(ZuperInvoice invoice)
    {
        var ofWhole = Grouped(
            invoice.Taxes.Where(t => t.Amount is not null).Select(t => (t.Name, Rounded(t.Amount!.Value)))
        );
        var onLines = invoice
            .Lines.Where(l => l.TaxAmount is not null)
            .Select(l => (l.TaxName, l.TaxAmount!.Value))
            .ToList();
        List<List<InvoiceDraftLine>> readings =
        [
            ofWhole,
            Grouped(onLines),
            Grouped(onLines.Select(t => (t.TaxName, Rounded(t.Value)))),
        ];
        return readings.Where(r => r.Count > 0).DefaultIfEmpty([]).ToList();
    }

    private static List<InvoiceDraftLine> Grouped(IEnumerable<(string? Name, decimal Amount)> taxes) =>
        [
            .. taxes
                .GroupBy(t => IntacctText.Clean(t.Name), StringComparer.OrdinalIgnoreCase)
                .Select(g => new InvoiceDraftLine(
                    InvoiceLineKind.Tax,
                    Rounded(g.Sum(t => t.Amount)),
                    Named("Tax", g.Key)
                ))
                .Where(l => l.Amount != 0),
        ];

    private static string Named(string kind, string? name) =>
        IntacctText.Cut(IntacctText.Clean(name) is { Length: > 0 } own ? $"{kind}: {own}" : kind, InvoiceText.LongText);
}
