using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>An invoice as Zuper has it, in the words of a comparison.</summary>
internal sealed partial class InvoiceComparison
{
    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<ZuperInvoice> invoices,
        CarriedInvoiceFields fields,
        CancellationToken ct
    )
    {
        var customers = await CustomersAsync(scope, invoices, ct);
        var stay = await new BookedCustomers(zuper, keyMap).FindAsync(scope, invoices, i => PayerOf(i, customers), ct);
        return [.. invoices.Select(i => Of(i, stay.GetValueOrDefault(i.Uid) ?? PayerOf(i, customers), scope, fields))];
    }

    private ComparedRecord Of(ZuperInvoice invoice, string? customer, ComparedScope scope, CarriedInvoiceFields fields)
    {
        var settings = scope.Connection.Zuper();
        var date = InvoiceMapper.DateOf(invoice.InvoiceDate, settings);
        var isOut = InvoiceStatus.Gone(invoice) is not null;
        var paid = scope.Connection.Settings.Syncs(ZuperFlows.Payments) ? PaidOf(invoice) : null;
        if (invoice.Unreadable is { } unreadable && !isOut)
            return new ComparedRecord(invoice.Uid, invoice.DisplayNumber ?? "", new string?[Fields.Count])
            {
                Date = date,
                LeftOut = WhyLeftOut(invoice, date, scope),
                Unread = new Problem(
                    "record-unreadable",
                    $"The invoice has amounts in Zuper that are no numbers: {unreadable}.",
                    "Correct them in Zuper, then compare again."
                ),
            };
        string?[] values =
        [
            customer,
            ComparedRecord.Text(date),
            ComparedRecord.Text(InvoiceMapper.DateOf(invoice.DueDate, settings)),
            ComparedRecord.Text(invoice.Total),
            ComparedRecord.Text(paid),
            settings.Invoice.Currency,
            StateOf(invoice, settings),
            Said(IntacctText.Cut(invoice.ReferenceNo, InvoiceText.Reference), invoice),
            Said(InvoiceText.Description(invoice), invoice),
            IntacctText.Clean(invoice.PaymentTermName) is { Length: > 0 } term ? term : null,
            .. fields.Dimensions.Of(invoice),
        ];
        return new ComparedRecord(invoice.Uid, invoice.DisplayNumber ?? "", isOut ? OnlyStateOf(values) : values)
        {
            CustomFields = isOut ? CarriedFields.None.Values : fields.Of(invoice),
            Lines = isOut ? null : InvoiceLineComparison.Of(invoice, fields.IsOrderEntry),
            Accounts = fields.Accounts,
            Date = date,
            Amount = isOut ? 0 : invoice.Total ?? 0,
            Currency = settings.Invoice.Currency,
            ChangedAt = invoice.UpdatedAt,
            Shows = invoice.CustomField(InvoiceMapper.SageInvoiceId),
            Hash = invoice.LinesKnown ? InvoiceHash.Of(invoice, settings).ToString() : null,
            Paid = paid,
            PaidByOthers = invoice
                .Payments.Where(p => !p.IsVoid && !PaymentMapper.IsOfIntacct(p.ReferenceNo))
                .Sum(p => p.Amount ?? 0),
            LeftOut = WhyLeftOut(invoice, date, scope),
            IsOut = isOut,
            MayBeOut = InvoiceStatus.IsAtRest(invoice) || !InvoiceStatus.IsAmong(invoice, settings.Invoice.Statuses),
        };
    }

    /// <summary>Of one that is cancelled nothing else is carried over.</summary>
    private string?[] OnlyStateOf(string?[] values) =>
        [.. values.Select((value, i) => Fields[i] == State ? value : null)];

    /// <summary>Whether it is to be in the books; null where the accountants settle it there.</summary>
    private static string? StateOf(ZuperInvoice invoice, ZuperConnectionSettings settings) =>
        InvoiceStatus.Gone(invoice) is not null ? OutOfBooks
        : InvoiceStatus.IsAtRest(invoice) ? null
        : InvoiceStatus.IsDraft(invoice, settings.Invoice.Statuses) ? ADraft
        : InBooks;

    /// <summary>
    /// What stands on it as paid; null where that is not said, and of one that was put aside, which the accountants
    /// settle.
    /// </summary>
    private static decimal? PaidOf(ZuperInvoice invoice) =>
        InvoiceStatus.IsAtRest(invoice) ? null
        : invoice.PaymentsKnown ? invoice.Payments.Where(p => !p.IsVoid).Sum(p => p.Amount ?? 0)
        : invoice.AmountPaid ?? invoice.Total - invoice.AmountDue;

    /// <summary>A list may leave out a text that the details have: only those say that there is none.</summary>
    private static string? Said(string text, ZuperInvoice invoice) => text.Length > 0 || invoice.IsWhole ? text : null;

    private static string? WhyLeftOut(ZuperInvoice invoice, DateOnly? date, ComparedScope scope)
    {
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return $"It is {gone} in Zuper.";
        if (!InvoiceStatus.IsAmong(invoice, scope.Connection.Zuper().Invoice.Statuses))
            return $"It is {InvoiceStatus.InWords(invoice.Status)} in Zuper.";
        return date < scope.Connection.StartDate() ? "It is dated before the sync's start." : null;
    }

    /// <summary>
    /// The CUSTOMERID that an invoice is billed to: its organization's, else the one that its person belongs to; null
    /// where neither is known here.
    /// </summary>
    private static string? PayerOf(
        ZuperInvoice invoice,
        (IReadOnlyDictionary<string, KeyMapEntry> Organizations, IReadOnlyDictionary<string, KeyMapEntry> Persons) known
    ) =>
        invoice.OrganizationUid is { } organization ? known.Organizations.GetValueOrDefault(organization)?.TargetId
        : invoice.CustomerUid is { } person ? known.Persons.GetValueOrDefault(person)?.AttachedTo
        : null;

    private async Task<(
        IReadOnlyDictionary<string, KeyMapEntry> Organizations,
        IReadOnlyDictionary<string, KeyMapEntry> Persons
    )> CustomersAsync(ComparedScope scope, IReadOnlyList<ZuperInvoice> invoices, CancellationToken ct) =>
        (
            await RowsAsync(scope, ZuperFlows.Organizations, invoices.Select(i => i.OrganizationUid), ct),
            await RowsAsync(
                scope,
                ZuperFlows.Customers,
                invoices.Where(i => i.OrganizationUid is null).Select(i => i.CustomerUid),
                ct
            )
        );

    private Task<IReadOnlyDictionary<string, KeyMapEntry>> RowsAsync(
        ComparedScope scope,
        FlowName flow,
        IEnumerable<string?> uids,
        CancellationToken ct
    ) =>
        keyMap.GetManyAsync(scope.Connection.Id, flow, [.. uids.OfType<string>().Distinct(StringComparer.Ordinal)], ct);
}
