using System.Globalization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// Compares the lines of an invoice that the sync has written. Its row remembers text, item, product and account of
/// each under the number that the line has in Intacct; so it is known which line is which, and what was changed there
/// by hand, even where Zuper's list leaves the lines out. Amounts are compared where Zuper still says what was last
/// written. Pure.
/// </summary>
/// <remarks>
/// Nothing is said of lines that a person has booked, that were never written, or that share out cents that have no
/// account. Accounts come from the settings, and are the accountants' own once an invoice is made: that one was changed
/// is told, and never undone. Lines of Order Entry have no account of their own. That a query gives UIQTY, UIPRICE and
/// TRX_VALUE of a document's lines, as a read of the whole document does, is [assumed]; where it does not, lines are
/// not compared, and the report says so.
/// </remarks>
internal static class InvoiceLineComparison
{
    private const string Lines = "lines";

    /// <summary>In the place of a text that Zuper's list does not show.</summary>
    private const string NotShown = "as it was written";

    /// <summary>In the place of an account that is in the settings no more.</summary>
    private const string FormerAccount = "another account";

    private static readonly string[] ReceivableNames =
    [
        "LINE_NO",
        "ENTRYDESCRIPTION",
        "ITEMID",
        "AMOUNT",
        "TRX_AMOUNT",
        "ACCOUNTNO",
        "ACCOUNTLABEL",
    ];

    private static readonly string[] DocumentNames = ["LINE_NO", "MEMO", "ITEMID", "TRX_VALUE", "UIQTY", "UIPRICE"];

    /// <summary>The fields of a line that are read.</summary>
    public static IReadOnlyList<string> Names(bool isDocument) => isDocument ? DocumentNames : ReceivableNames;

    /// <summary>What Zuper has; null where a list leaves the lines out, or they don't make the total.</summary>
    public static IReadOnlyList<ComparedLine>? Of(ZuperInvoice invoice, bool isDocument)
    {
        if (!invoice.LinesKnown || InvoiceReading.Of(invoice) is not { Problem: null } reading)
            return null;
        return
        [
            .. reading
                .Lines.Where(l => !isDocument || l.Kind == InvoiceLineKind.Item)
                .Select(l =>
                    isDocument && InvoiceAsDocument.Priced(l) is var priced
                        ? new ComparedLine(l.Memo, "", l.Amount)
                        {
                            Product = InvoiceFieldChanges.ProductOf(l),
                            Quantity = priced.Quantity,
                            Price = priced.Price,
                        }
                        : new ComparedLine(l.Memo, "", l.Amount) { Product = InvoiceFieldChanges.ProductOf(l) }
                ),
        ];
    }

    /// <summary>What Intacct has, in the order of the lines there.</summary>
    /// <exception cref="FormatException">A line has no amount, or a value that is none.</exception>
    public static IReadOnlyList<ComparedLine> Of(IEnumerable<IntacctRecord> lines, bool isDocument) =>
        [
            .. lines
                .OrderBy(l => l.Decimal("LINE_NO"))
                .Select(l =>
                    isDocument
                        ? new ComparedLine(l["MEMO"] ?? "", l["ITEMID"] ?? "", AmountOf(l, "TRX_VALUE"))
                        {
                            Quantity = l.Decimal("UIQTY"),
                            Price = l.Decimal("UIPRICE"),
                        }
                        : new ComparedLine(
                            l["ENTRYDESCRIPTION"] ?? "",
                            l["ITEMID"] ?? "",
                            AmountOf(l, "TRX_AMOUNT", "AMOUNT")
                        )
                        {
                            Account = l["ACCOUNTNO"] ?? "",
                            AccountLabel = l["ACCOUNTLABEL"] ?? "",
                        }
                ),
        ];

    private static decimal AmountOf(IntacctRecord line, params IReadOnlyList<string> fields) =>
        fields.Select(line.Decimal).FirstOrDefault(a => a is not null)
        ?? throw new FormatException($"a line has no {string.Join(" and no ", fields)}.");

    /// <param name="entry">The record's row.</param>
    /// <param name="source">The lines of Zuper; null where they are not shown.</param>
    /// <param name="target">Those of Intacct.</param>
    /// <param name="isAsWritten">Whether Zuper still says what was last written.</param>
    /// <param name="accounts">The accounts and labels of the settings.</param>
    public static IEnumerable<LineDifference> Between(
        KeyMapEntry entry,
        IReadOnlyList<ComparedLine>? source,
        IReadOnlyList<ComparedLine> target,
        bool isAsWritten,
        IReadOnlyList<string> accounts
    )
    {
        var known = WrittenLine.Of(entry.Written);

        // Discount, taxes and fees are no lines of a document, and stand behind those.
        if (!RecordNumber.Is(entry.TargetId))
            known = [.. known.TakeWhile(l => l.Item is not null)];
        if (known.Count == 0 || LinesByHand.Are(entry) || target.Any(IsRounding) || source?.Any(IsRounding) == true)
            yield break;
        var told = isAsWritten ? source : null;
        if (told is not null && told.Count != target.Count)
            yield return new LineDifference(Lines, Number(told.Count), Number(target.Count), IsAsWritten: true);

        // Where a line was taken out, those behind it have other numbers than they had.
        if (target.Count < known.Count)
            yield break;
        var pairs = Paired(known, told ?? [], target);
        for (var i = 0; i < Math.Min(known.Count, target.Count); i++)
        {
            foreach (var difference in Between(i, known[i], pairs[i], target[i], accounts))
                yield return difference;
        }
    }

    private static IEnumerable<LineDifference> Between(
        int index,
        WrittenLine written,
        ComparedLine? source,
        ComparedLine target,
        IReadOnlyList<string> accounts
    )
    {
        if (!written.IsText(target.Text))
            yield return Of(index, "text", source?.Text ?? NotShown, target.Text);
        if (!written.IsItem(target.Item))
            yield return Of(index, "item", NotShown, target.Item);
        if (!written.IsAccount(target))
            yield return Of(
                index,
                "account",
                accounts.FirstOrDefault(written.WasOn) ?? FormerAccount,
                target.AccountLabel.Length > 0 ? target.AccountLabel : target.Account
            ) with
            {
                IsTargets = true,
            };
        if (source is null)
            yield break;
        if (source.Amount != target.Amount)
            yield return Of(index, "amount", ComparedRecord.Text(source.Amount)!, ComparedRecord.Text(target.Amount)!);
        if (target.Quantity is { } quantity && source.Quantity is { } wanted && Differ(quantity, wanted))
            yield return Of(index, "quantity", Number(wanted), Number(quantity));
        if (target.Price is { } price && source.Price is { } asked && Differ(price, asked))
            yield return Of(index, "price", Number(asked), Number(price));
    }

    /// <summary>
    /// Which line of Zuper is which of Intacct: the one with the text and product that were written under its number.
    /// Of several that are alike those of the same amount come first.
    /// </summary>
    private static ComparedLine?[] Paired(
        IReadOnlyList<WrittenLine> known,
        IReadOnlyList<ComparedLine> source,
        IReadOnlyList<ComparedLine> target
    )
    {
        var free = source.Select(l => (Line: l, Is: WrittenLine.Of(l))).ToList();
        var pairs = new ComparedLine?[Math.Min(known.Count, target.Count)];
        foreach (var onlySame in new[] { true, false })
        {
            for (var i = 0; i < pairs.Length; i++)
            {
                if (pairs[i] is not null)
                    continue;
                var found = free.FindIndex(l =>
                    known[i].IsSameAs(l.Is)
                    && (!onlySame || (l.Line.Amount, l.Line.Quantity) == (target[i].Amount, target[i].Quantity))
                );
                if (found < 0)
                    continue;
                pairs[i] = free[found].Line;
                free.RemoveAt(found);
            }
        }

        return pairs;
    }

    private static bool IsRounding(ComparedLine line) => line is { Text: InvoiceRounding.Memo, Product: "" };

    private static LineDifference Of(int index, string what, string source, string target) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {index + 1} {what}"), source, target, IsAsWritten: true);

    /// <summary>
    /// Zuper may tell more decimals than are sent (12), and Intacct may keep fewer [assumed]: what is told of a
    /// difference shows six, so these are compared. The amount of a line is compared to the cent.
    /// </summary>
    private static bool Differ(decimal one, decimal other) => Number(one) != Number(other);

    private static string Number(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>What was last written to a line, as hashes; null for what it had nothing of.</summary>
    private sealed record WrittenLine(string? Text, string? Item, string? Product, string? Account)
    {
        public static IReadOnlyList<WrittenLine> Of(Fingerprints written)
        {
            var lines = new List<WrittenLine>();
            while (true)
            {
                var (text, item, product, account) = InvoiceFieldChanges.WrittenTo(lines.Count + 1, written);
                if ((text, item, product, account) is (null, null, null, null))
                    return lines;
                lines.Add(new WrittenLine(text, item, product, account));
            }
        }

        /// <summary>Nothing was written, it is in doubt, or it is the same.</summary>
        public bool IsText(string text) => IsSame(Text, text) || IsSame(Text, IntacctText.Clean(text));

        public bool IsItem(string item) => IsSame(Item, item);

        /// <summary>Where a company uses labels, its lines show both label and number.</summary>
        public bool IsAccount(ComparedLine target) =>
            Account is null or Fingerprints.Doubtful || WasOn(target.Account) || WasOn(target.AccountLabel);

        public bool WasOn(string account) => Account == Fingerprints.Hash(InvoiceFieldChanges.AccountKey(account));

        /// <summary>What would be written to a line that says so.</summary>
        public static WrittenLine Of(ComparedLine line) => new(Hashed(line.Text), null, Hashed(line.Product), null);

        /// <summary>Whether text and product are the same; a line without either is like none.</summary>
        public bool IsSameAs(WrittenLine other) =>
            (Text, Product) == (other.Text, other.Product) && (Text ?? Product) is not null;

        private static bool IsSame(string? hash, string value) =>
            hash is null or Fingerprints.Doubtful || hash == Fingerprints.Hash(value);

        private static string? Hashed(string value) => value.Length == 0 ? null : Fingerprints.Hash(value);
    }
}
