using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public static ItemRecord Item(string itemId = "FLT-16") =>
        new()
        {
            RecordNo = "12",
            ItemId = itemId,
            Name = "Air Filter",
            ItemType = "Inventory",
            Status = "active",
            ProductLineId = "Parts",
            BasePrice = 18.25m,
            StandardCost = 9.5m,
            Unit = "Each",
        };

    public static PaymentRecord Payment(string state = "Complete") =>
        new()
        {
            RecordNo = "553",
            DisplayState = state,
            PaymentMethod = "EFT",
            DocNumber = "CHK-1",
            ReceiptDate = new DateOnly(2026, 3, 2),
        };

    public static PaymentApplication Application(string? invoice = "5150", decimal? amount = 100) =>
        new()
        {
            RecordNo = "1",
            PaymentKey = "553",
            RecordKey = invoice,
            TrxPaymentAmount = amount,
            Discount = Nothing,
            Inline = Nothing,
            Adjustment = Nothing,
            Advance = Nothing,
            Overpayment = Nothing,
            NegativeInvoice = Nothing,
        };

    public static AppliedAmount Nothing { get; } = new(null, null, null);

    public static KeyMapEntry PaymentEntry(string? targetId = null) =>
        new() { Key = new SyncKey(ConnectionId, ZuperFlows.Payments, "553"), TargetId = targetId };

    public static ZuperInvoice ZuperInvoice(
        decimal? due,
        params (decimal Amount, string Reference, bool IsVoid)[] payments
    ) =>
        new()
        {
            Uid = Uid(1),
            DisplayNumber = "INV-2041",
            AmountDue = due,
            PaymentsKnown = true,
            Payments =
            [
                .. payments.Select(p => new ZuperInvoicePayment
                {
                    Amount = p.Amount,
                    ReferenceNo = p.Reference,
                    IsVoid = p.IsVoid,
                    TransactionUid = "t-" + p.Reference,
                }),
            ],
        };
}
