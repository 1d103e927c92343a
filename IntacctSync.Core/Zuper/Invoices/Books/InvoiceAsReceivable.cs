using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>An invoice as Accounts Receivable takes it. Pure.</summary>
public static class InvoiceAsReceivable
{
    public static Mapped<InvoiceFields> Of(InvoiceDraft draft, InvoiceContext context, ZuperConnectionSettings settings)
    {
        var invoice = settings.Invoice;
        foreach (var kind in draft.Lines.Select(l => l.Kind).Distinct())
        {
            if (Account(invoice, kind) is (null, null))
                return new Mapped<InvoiceFields>.Rejected(
                    InvoiceProblems.AccountMissing(
                        kind,
                        draft.Lines.Where(l => l.Kind == kind).Sum(l => Math.Abs(l.Amount))
                    )
                );
        }

        if (context.TermName is null && draft.TermName is { } unknown)
            return new Mapped<InvoiceFields>.Rejected(InvoiceProblems.TermUnknown(unknown));
        var term = context.TermName ?? invoice.TermName;
        if (term is null && draft.DueDate is null)
            return new Mapped<InvoiceFields>.Rejected(InvoiceProblems.WithoutDueDate());
        var fields = new InvoiceFields
        {
            CustomerId = context.CustomerId,
            Date = draft.Date,
            DueDate = draft.DueDate,
            TermName = term,
            InvoiceNo = context.Number,
            PoNumber = draft.ReferenceNo,
            Description = draft.Description,
            ExternalId = context.ExternalId,
            BillTo = context.BillTo,
            Currency = Currency(invoice),
            CustomFields = draft.CustomFields,
            Lines = [.. draft.Lines.Select(l => Line(l, draft, context, invoice))],
        };
        return new Mapped<InvoiceFields>.Document(fields, draft.Hash.ToString());
    }

    internal static InvoiceCurrency? Currency(InvoiceSettings settings) =>
        settings.Currency is { } currency ? new InvoiceCurrency(null, currency, settings.ExchangeRateType) : null;

    /// <summary>A line as it is added. Each line gets the dimensions of the invoice.</summary>
    private static InvoiceLine Line(
        InvoiceDraftLine line,
        InvoiceDraft draft,
        InvoiceContext context,
        InvoiceSettings settings
    )
    {
        var (account, label) = Account(settings, line.Kind);
        return new InvoiceLine
        {
            GlAccountNo = account,
            AccountLabel = label,
            Amount = line.Amount,
            Memo = line.Memo.Length == 0 ? null : line.Memo,
            LocationId = draft.LocationId ?? settings.DefaultLocationId,
            DepartmentId = draft.DepartmentId ?? settings.DefaultDepartmentId,
            ClassId = draft.ClassId,
            ProjectId = draft.ProjectId,
            CustomerId = context.CustomerId,
            ItemId = context.Items.GetValueOrDefault(line)?.ItemId,
            CustomFields = line.CustomFields,
        };
    }

    /// <summary>
    /// The account or label that a kind of line is booked on from now on; null where it has none of its own, as in
    /// Order Entry.
    /// </summary>
    internal static string? AccountOf(InvoiceSettings settings, InvoiceLineKind kind)
    {
        var (account, label) = Account(settings, kind);
        return settings.Document == InvoiceDocument.ArInvoice ? label ?? account : null;
    }

    internal static (string? GlAccountNo, string? AccountLabel) Account(
        InvoiceSettings settings,
        InvoiceLineKind kind
    ) =>
        kind switch
        {
            InvoiceLineKind.Discount => (settings.Discount.GlAccountNo, settings.Discount.AccountLabel),
            InvoiceLineKind.Tax => (settings.Tax.GlAccountNo, settings.Tax.AccountLabel),
            InvoiceLineKind.Fee => (settings.Fee.GlAccountNo, settings.Fee.AccountLabel),
            InvoiceLineKind.Rounding => (settings.Rounding.GlAccountNo, settings.Rounding.AccountLabel),
            _ => (settings.GlAccountNo, settings.AccountLabel),
        };
}
