using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    /// <summary>Settings that book every part of an invoice.</summary>
    public static ZuperConnectionSettings BookingSettings() =>
        Settings() with
        {
            Invoice = new InvoiceSettings
            {
                GlAccountNo = "4000",
                TermName = "Net 30",
                Tax = new AccountSettings { GlAccountNo = "2200" },
                Discount = new AccountSettings { GlAccountNo = "4020" },
                Fee = new AccountSettings { GlAccountNo = "4090" },
            },
        };

    /// <summary>An invoice of 3 February 2026 in Chicago, due on 5 March, that awaits payment.</summary>
    public static ZuperInvoice Invoice(decimal total, params ZuperInvoiceLine[] lines) =>
        new()
        {
            Uid = Uid(41),
            Number = 2041,
            Prefix = "INV-",
            DisplayNumber = "INV-2041",
            InvoiceDate = new DateTimeOffset(2026, 2, 3, 6, 0, 0, TimeSpan.Zero),
            DueDate = new DateTimeOffset(2026, 3, 6, 5, 59, 0, TimeSpan.Zero),
            Status = "AWAIT_PAYMENT",
            OrganizationUid = Uid(1),
            Lines = lines,
            LinesKnown = true,
            CustomFieldsKnown = true,
            PaymentsKnown = true,
            Total = total,
            UpdatedAt = Now,
        };

    public static ZuperInvoiceLine InvoiceLine(string name, decimal? quantity, decimal? price, decimal? total = null) =>
        new()
        {
            Name = name,
            Quantity = quantity,
            UnitPrice = price,
            Total = total,
        };

    /// <summary>The draft of that invoice with one line.</summary>
    public static InvoiceDraft InvoiceDraft(decimal total = 129) =>
        (
            (Mapped<InvoiceDraft>.Document)
                InvoiceMapper.Map(Invoice(total, InvoiceLine("Tune-up", 1, total)), BookingSettings())
        ).Value;

    public static InvoiceContext InvoiceContext() =>
        new()
        {
            CustomerId = "C-1",
            Number = "INV-2041",
            ExternalId = "Z1",
        };

    /// <summary>That invoice as Accounts Receivable has it.</summary>
    internal static BookedInvoice BookedInvoice(string targetId = "51") =>
        new()
        {
            TargetId = targetId,
            RecordNo = targetId,
            Number = "INV-2041",
            CustomerId = "C-1",
            Total = 129,
            Date = new DateOnly(2026, 2, 3),
        };

    /// <summary>The row of a record that may be linked.</summary>
    public static KeyMapEntry Row(FlowName flow, string sourceId, string? targetId = null) =>
        new() { Key = new SyncKey(ConnectionId, flow, sourceId), TargetId = targetId };
}
