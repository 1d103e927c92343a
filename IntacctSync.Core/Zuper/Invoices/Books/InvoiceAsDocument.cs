using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>An invoice as Order Entry takes it. Pure.</summary>
/// <remarks>
/// The accounts come from the items and the transaction definition. Discount, taxes and fees become subtotals of the
/// definition, one for each kind. A subtotal goes by its description there (developer.intacct.com, Order Entry
/// Transactions): the account label that is set for the kind, or else Discount, Tax, Fee or Rounding.
/// </remarks>
public static class InvoiceAsDocument
{
    /// <summary>The most decimals that a price gets.</summary>
    private const int MostDecimals = 10;

    public static Mapped<OrderEntryFields> Of(
        InvoiceDraft draft,
        InvoiceContext context,
        ZuperConnectionSettings settings
    )
    {
        var items = draft.Lines.Where(l => l.Kind == InvoiceLineKind.Item).ToList();
        if (items.Count == 0 && draft.SumProblem is null)
            return new Mapped<OrderEntryFields>.Rejected(InvoiceProblems.WithoutLines());
        if (items.Find(l => !context.Items.ContainsKey(l)) is { } unknown)
            return new Mapped<OrderEntryFields>.Rejected(InvoiceProblems.ItemMissing(unknown.Memo));
        if (InvoiceRounding.Unbookable(draft, settings.Invoice) is { } rounding)
            return new Mapped<OrderEntryFields>.Rejected(rounding);
        if (context.TermName is null && draft.TermName is { } unknownTerm)
            return new Mapped<OrderEntryFields>.Rejected(InvoiceProblems.TermUnknown(unknownTerm));
        var term = context.TermName ?? settings.Invoice.TermName;
        if (term is null && draft.DueDate is null)
            return new Mapped<OrderEntryFields>.Rejected(InvoiceProblems.WithoutDueDate());
        var fields = new OrderEntryFields
        {
            TransactionType = settings.Invoice.TransactionDefinition,
            CustomerId = context.CustomerId,
            Date = draft.Date,
            DueDate = draft.DueDate,
            TermName = term,
            DocumentNo = context.Number,
            ReferenceNo = draft.ReferenceNo,
            Message = draft.Description,
            ExternalId = context.ExternalId,
            BillTo = context.BillTo,
            Currency = InvoiceAsReceivable.Currency(settings.Invoice),
            CustomFields = draft.CustomFields,
            Lines = [.. items.Select(l => Line(l, draft, context, settings.Invoice))],
            Subtotals = Subtotals(draft, settings.Invoice),
        };
        return new Mapped<OrderEntryFields>.Document(fields, draft.Hash.ToString());
    }

    /// <summary>The amount that Intacct computes for a line.</summary>
    internal static decimal Value(OrderEntryLine line) =>
        InvoiceReading.Rounded(line.Quantity * line.Price * (1 - ((line.DiscountPercent ?? 0) / 100)));

    private static OrderEntryLine Line(
        InvoiceDraftLine line,
        InvoiceDraft draft,
        InvoiceContext context,
        InvoiceSettings settings
    )
    {
        var item = context.Items[line];
        return Priced(line) with
        {
            ItemId = item.ItemId,
            Description = line.Memo.Length == 0 ? null : line.Memo,
            Unit = item.Unit,
            Memo = line.Memo.Length == 0 ? null : line.Memo,
            LocationId = draft.LocationId ?? settings.DefaultLocationId,
            DepartmentId = draft.DepartmentId ?? settings.DefaultDepartmentId,
            ClassId = draft.ClassId,
            ProjectId = draft.ProjectId,
            CustomerId = context.CustomerId,
            CustomFields = line.CustomFields,
        };
    }

    /// <summary>
    /// The quantity, price and discount that make the line's amount to the cent. The discount is a percentage where
    /// that is exact; else the price is lowered by it.
    /// </summary>
    internal static OrderEntryLine Priced(InvoiceDraftLine line)
    {
        var whole = new OrderEntryLine
        {
            ItemId = "",
            Quantity = line.Quantity,
            Price = line.UnitPrice,
        };
        foreach (var percent in new[] { null, line.DiscountPercent, Percentage(line) })
        {
            if (whole with { DiscountPercent = percent } is var asIs && Value(asIs) == line.Amount)
                return asIs;
        }

        for (var decimals = 2; line.Quantity != 0 && decimals <= MostDecimals; decimals += 2)
        {
            var priced = whole with
            {
                Price = Math.Round(line.Amount / line.Quantity, decimals, MidpointRounding.AwayFromZero),
            };
            if (Value(priced) == line.Amount)
                return priced;
        }

        return whole with
        {
            Quantity = 1,
            Price = line.Amount,
        };
    }

    private static decimal? Percentage(InvoiceDraftLine line)
    {
        var whole = line.Quantity * line.UnitPrice;
        return whole == 0 ? null
            : Math.Round((whole - line.Amount) / whole * 100, 2, MidpointRounding.AwayFromZero)
                is > 0
                    and <= 100
                    and var percent
                ? percent
            : null;
    }

    private static OrderEntrySubtotal[] Subtotals(InvoiceDraft draft, InvoiceSettings settings) =>
        [
            .. draft
                .Lines.Where(l => l.Kind != InvoiceLineKind.Item)
                .GroupBy(l => l.Kind)
                .Select(g => new OrderEntrySubtotal(Name(g.Key, settings), g.Sum(l => l.Amount))),
        ];

    private static string Name(InvoiceLineKind kind, InvoiceSettings settings) =>
        kind switch
        {
            InvoiceLineKind.Discount => settings.Discount.AccountLabel ?? "Discount",
            InvoiceLineKind.Tax => settings.Tax.AccountLabel ?? "Tax",
            InvoiceLineKind.Rounding => settings.Rounding.AccountLabel ?? "Rounding",
            _ => settings.Fee.AccountLabel ?? "Fee",
        };
}
