using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Why an invoice can't be booked as it is, and what to do about it.</summary>
internal static class InvoiceProblems
{
    public static Problem WithoutNumber() =>
        new(
            "invoice-without-number",
            "The invoice has no number, by which it would be found again in Intacct.",
            "Give it a number in Zuper."
        );

    public static Problem ReferenceTooLong(int length) =>
        new(
            "reference-too-long",
            $"Its reference number has {length} characters, and Intacct takes {InvoiceText.Reference}. It is not cut, "
                + "since the customer's people look for the whole of it.",
            "Shorten the reference number in Zuper."
        );

    public static Problem NumberTooLong(string number) =>
        new(
            "invoice-number-too-long",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The number '{number}' has {number.Length} characters; {InvoiceText.LongestNumber} are allowed."
            ),
            "Shorten the prefix in Zuper."
        );

    public static Problem NumberInDoubt(string number, string other) =>
        new(
            "invoice-number-in-doubt",
            $"Intacct has an invoice with the number '{number}'. It may be what the record {other} has made: that one "
                + "had no answer to its write, and needs a person.",
            "Retry the other record: it is looked for then. If it is not to be in Intacct, ignore it. Then retry this "
                + "one."
        );

    public static Problem WithoutDate() =>
        new("invoice-without-date", "The invoice has no date.", "Give it an invoice date in Zuper.");

    public static Problem DueBeforeDate(DateOnly date, DateOnly due) =>
        new(
            "due-date-early",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The invoice is dated {date:yyyy-MM-dd} and due on {due:yyyy-MM-dd}, which is before; Intacct "
                    + $"refuses that."
            ),
            "Set a due date in Zuper that is not before the invoice's date; if both look right there, check "
                + "zuper.timeZone."
        );

    public static Problem TermsUnreadable(string parts) =>
        new(
            "invoice-terms-unreadable",
            $"When the invoice is due can't be read: {parts}. It is not taken for missing.",
            "Set the due date and the payment term anew in Zuper, then retry."
        );

    public static Problem WithoutDueDate() =>
        new(
            "invoice-without-due-date",
            "The invoice has neither a due date nor a payment term; Intacct requires one of them.",
            "Set a due date in Zuper, or invoice.termName in the connection's settings."
        );

    public static Problem TermUnknown(string term) =>
        new(
            "invoice-term-unknown",
            $"Its payment term in Zuper is '{IntacctText.Cut(term, 60)}', and Intacct has no active AR term of that "
                + "name; another one would make another due date.",
            "Make a term of that name in Intacct, or choose another one in Zuper, then retry."
        );

    public static Problem WithoutTotal() =>
        new(
            "invoice-without-total",
            "Zuper gives no total for the invoice, so it can't be checked that its lines are all there.",
            "Save the invoice in Zuper anew, so that it is summed up."
        );

    public static Problem WithoutLines() =>
        new(
            "invoice-without-lines",
            "The invoice has no line with a quantity and a price.",
            "Give it a line in Zuper."
        );

    public static Problem WithoutCustomer() =>
        new(
            "invoice-without-customer",
            "The invoice has neither organization nor customer.",
            "Choose the organization or the customer of the invoice in Zuper."
        );

    public static Problem FeeWithoutAmount(string? name) =>
        new(
            "invoice-fee-without-amount",
            $"The fee '{IntacctText.Cut(name, 60)}' has no amount that could be read.",
            "Remove the fee in Zuper, or make it a line."
        );

    public static Problem LineDoesNotAddUp(string memo, decimal reckoned, decimal total) =>
        new(
            "invoice-does-not-add-up",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The line '{IntacctText.Cut(memo, 60)}' makes {reckoned:0.00} by quantity, price and "
                    + $"discount, and its total is {total:0.00####}."
            ),
            $"Correct the line in Zuper, so that both are the same; {OrByHand}"
        );

    public static Problem DoesNotAddUp(decimal lines, decimal discount, decimal taxes, decimal fees, decimal total) =>
        new(
            "invoice-does-not-add-up",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Its parts make {lines - discount + taxes + fees:0.00} and its total is {total:0.00}: lines "
                    + $"{lines:0.00}, discount {discount:0.00}, taxes {taxes:0.00}, fees {fees:0.00}."
            ),
            $"Correct lines, discount, taxes or fees in Zuper, so that they add up to the total; {OrByHand}"
        );

    private const string OrByHand =
        "or book it with that total in Intacct by hand, and link this record to it: its lines then stay as booked.";

    public static Problem AccountMissing(InvoiceLineKind kind, decimal amount) =>
        new(
            $"invoice-{Word(kind)}-account-missing",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The invoice has {(kind == InvoiceLineKind.Item ? "lines" : $"a {Word(kind)} of {amount:0.00}")}, "
                    + $"and no account is set to book {(kind == InvoiceLineKind.Item ? "them" : "it")} by."
            ),
            $"Set {Setting(kind)}.glAccountNo or {Setting(kind)}.accountLabel in the connection's settings, "
                + $"whichever the company goes by."
        );

    public static Problem ItemMissing(string memo) =>
        new(
            "invoice-item-missing",
            $"The line '{IntacctText.Cut(memo, 60)}' has no product that Intacct has as an item; an Order "
                + $"Entry document takes items only.",
            "Choose a product for the line in Zuper whose SKU is an ITEMID of Intacct, or have products synced."
        );

    public static Problem ItemInactive(InvoiceDraftLine line) =>
        new(
            "invoice-item-missing",
            $"The line '{IntacctText.Cut(line.Memo, 60)}' has the product '{IntacctText.Cut(line.ProductId, 60)}', "
                + "whose item is inactive in Intacct; it is not booked without its item.",
            "Make the item active in Intacct, or correct the product's part number in Zuper, then retry."
        );

    public static Problem ItemAmbiguous(InvoiceDraftLine line, IReadOnlyList<string> itemIds) =>
        new(
            "invoice-item-ambiguous",
            $"The line '{IntacctText.Cut(line.Memo, 60)}' has the part number '{IntacctText.Cut(line.ProductId, 60)}'; "
                + $"Intacct has none that is spelled so, and several items in another spelling: "
                + $"{string.Join(", ", itemIds)}.",
            "Spell the product's part number in Zuper as the right item is in Intacct, then retry."
        );

    private static string Word(InvoiceLineKind kind) =>
        kind switch
        {
            InvoiceLineKind.Discount => "discount",
            InvoiceLineKind.Tax => "tax",
            InvoiceLineKind.Fee => "fee",
            InvoiceLineKind.Rounding => "rounding",
            _ => "line",
        };

    private static string Setting(InvoiceLineKind kind) =>
        kind == InvoiceLineKind.Item ? "invoice" : $"invoice.{Word(kind)}";
}
