using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct;

/// <content>Invoices, debit memos and credit memos.</content>
public sealed partial class IntacctScreens
{
    /// <summary>The tax solution of what is entered with tax; it is added to books that don't have it.</summary>
    private const string TaxSolution = "VAT";

    /// <summary>The account of lines that are made here; it is added to books that don't have it.</summary>
    private const string Account = "4000";

    /// <summary>Enters an invoice of one line.</summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="number">RECORDID.</param>
    /// <param name="amount">Below 0: a negative invoice, which is a credit.</param>
    /// <param name="date">Null = today.</param>
    /// <param name="due">Null = 30 days after the date.</param>
    /// <param name="currency">Empty = the base currency.</param>
    /// <param name="draft">Saved, not posted: nobody owes it yet.</param>
    /// <param name="description">Free text.</param>
    /// <returns>The RECORDNO.</returns>
    public int PostInvoice(
        string customerId,
        string number,
        decimal amount,
        DateOnly? date = null,
        DateOnly? due = null,
        string currency = "",
        bool draft = false,
        string description = ""
    ) => PostInvoice(customerId, number, [amount], date, due, currency, draft, description);

    /// <inheritdoc cref="PostInvoice(string, string, decimal, DateOnly?, DateOnly?, string, bool, string)"/>
    /// <summary>Enters an invoice of several lines.</summary>
    public int PostInvoice(
        string customerId,
        string number,
        IEnumerable<decimal> amounts,
        DateOnly? date = null,
        DateOnly? due = null,
        string currency = "",
        bool draft = false,
        string description = ""
    ) =>
        _company.Change(context =>
        {
            RequireAccount(context);
            var day = date ?? Day(context);
            return Number(
                InvoiceCreation.Run(
                    context,
                    new XElement(
                        "create_invoice",
                        new XElement("customerid", customerId),
                        Date("datecreated", day),
                        Date("datedue", due ?? day.AddDays(30)),
                        new XElement("action", draft ? "Draft" : "Submit"),
                        new XElement("invoiceno", number),
                        new XElement("description", description),
                        Currency(currency),
                        new XElement("invoiceitems", amounts.Select(Line))
                    )
                )
            );
        });

    /// <summary>
    /// Enters an invoice of one line in a company with a tax solution, which every document names from then on.
    /// </summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="number">RECORDID.</param>
    /// <param name="net">Without tax; below 0: a negative invoice.</param>
    /// <param name="tax">Of the same sign.</param>
    /// <returns>The RECORDNO.</returns>
    public int PostInvoiceWithTax(string customerId, string number, decimal net, decimal tax) =>
        _company.Change(context =>
        {
            RequireAccount(context);
            RequireTaxSolution(context);
            var day = Day(context);
            return Number(
                InvoiceCreation.Run(
                    context,
                    new XElement(
                        "create_invoice",
                        new XElement("customerid", customerId),
                        Date("datecreated", day),
                        Date("datedue", day.AddDays(30)),
                        new XElement("action", "Submit"),
                        new XElement("invoiceno", number),
                        new XElement("taxsolutionid", TaxSolution),
                        new XElement("invoiceitems", TaxedLine(net, tax))
                    )
                )
            );
        });

    /// <summary>Enters a credit memo with tax; amounts are above 0. A debit memo where they are below.</summary>
    /// <returns>The RECORDNO.</returns>
    public int PostCreditMemoWithTax(string customerId, string number, decimal net, decimal tax) =>
        _company.Change(context =>
        {
            RequireAccount(context);
            RequireTaxSolution(context);
            return Number(
                AdjustmentCreation.Run(
                    context,
                    new XElement(
                        "create_aradjustment",
                        new XElement("customerid", customerId),
                        Date("datecreated", Day(context)),
                        new XElement("adjustmentno", number),
                        new XElement("action", "Submit"),
                        new XElement("taxsolutionid", TaxSolution),
                        new XElement("aradjustmentitems", TaxedLine(-net, -tax))
                    )
                )
            );
        });

    /// <summary>Enters a debit memo, which is owed like an invoice.</summary>
    /// <returns>The RECORDNO.</returns>
    public int PostDebitMemo(
        string customerId,
        string number,
        decimal amount,
        DateOnly? date = null,
        string currency = "",
        bool draft = false
    ) => Adjust(customerId, number, amount, date, currency, draft);

    /// <summary>Enters a credit memo.</summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="number">RECORDID.</param>
    /// <param name="amount">Above 0; its line is the negative of it.</param>
    /// <param name="date">Null = today.</param>
    /// <param name="currency">Empty = the base currency.</param>
    /// <param name="draft">Saved, not posted.</param>
    /// <returns>The RECORDNO.</returns>
    public int PostCreditMemo(
        string customerId,
        string number,
        decimal amount,
        DateOnly? date = null,
        string currency = "",
        bool draft = false
    ) => Adjust(customerId, number, -amount, date, currency, draft);

    /// <summary>Posts an invoice that was saved as a draft.</summary>
    public void SubmitInvoice(string number) =>
        _company.Change(context =>
            InvoiceUpdate.Run(
                context,
                new XElement(
                    "update_invoice",
                    new XAttribute("key", Money.Number(Invoice(context, number).RecordNo)),
                    new XElement("action", "Submit")
                )
            )
        );

    /// <summary>Reverses an unpaid invoice.</summary>
    /// <returns>The RECORDNO of the Reversal.</returns>
    public int ReverseInvoice(string number, DateOnly? date = null) =>
        _company.Change(context =>
            ReceivableReversal
                .Reverse(context, ReceivableKind.Invoice, Invoice(context, number), date ?? Day(context), "")
                .RecordNo
        );

    /// <summary>Reverses a debit or credit memo that nothing was applied to or of.</summary>
    /// <returns>The RECORDNO of the Reversal.</returns>
    public int ReverseAdjustment(int adjustment, DateOnly? date = null) =>
        _company.Change(context =>
            ReceivableReversal
                .Reverse(context, ReceivableKind.Adjustment, Adjustment(context, adjustment), date ?? Day(context), "")
                .RecordNo
        );

    /// <summary>Changes the amount of a memo's line, counted from 1, while nothing is applied.</summary>
    public void EditAdjustmentLine(int adjustment, int line, decimal amount) =>
        _company.Change(context => AdjustmentRules.ChangeLine(context, Adjustment(context, adjustment), line, amount));

    /// <summary>Deletes a memo that nothing was applied to or of.</summary>
    public void DeleteAdjustment(int adjustment) => _company.Remove("ARADJUSTMENT", Money.Number(adjustment));

    private int Adjust(string customerId, string number, decimal amount, DateOnly? date, string currency, bool draft) =>
        _company.Change(context =>
        {
            RequireAccount(context);
            return Number(
                AdjustmentCreation.Run(
                    context,
                    new XElement(
                        "create_aradjustment",
                        new XElement("customerid", customerId),
                        Date("datecreated", date ?? Day(context)),
                        new XElement("adjustmentno", number),
                        new XElement("action", draft ? "Draft" : "Submit"),
                        Currency(currency),
                        new XElement("aradjustmentitems", Line(amount))
                    )
                )
            );
        });

    private static StoredRecord Adjustment(WriteContext context, int number) =>
        context.Table("ARADJUSTMENT").Find(number)
        ?? throw new ArgumentException($"There is no ARADJUSTMENT {number}.", nameof(number));

    private static void RequireAccount(WriteContext context)
    {
        if (context.Table("GLACCOUNT").Find(Account) is null)
            new NamedRules("GLACCOUNT", "GL Account").Create(
                context,
                FieldValues.Of(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["ACCOUNTNO"] = Account,
                        ["TITLE"] = "Service Revenue",
                        ["ACCOUNTTYPE"] = "incomestatement",
                        ["NORMALBALANCE"] = "credit",
                    }
                )
            );
    }

    private static XElement Date(string name, DateOnly date) =>
        new(name, new XElement("year", date.Year), new XElement("month", date.Month), new XElement("day", date.Day));

    private static XElement? Currency(string currency) =>
        currency.Length > 0 ? new XElement("currency", currency) : null;

    private static XElement Line(decimal amount) =>
        new(
            "lineitem",
            new XElement("glaccountno", Account),
            new XElement("amount", amount.ToString(CultureInfo.InvariantCulture))
        );

    private static XElement TaxedLine(decimal net, decimal tax)
    {
        var line = Line(net);
        line.Add(
            new XElement(
                "taxentries",
                new XElement("taxentry", new XElement("trx_tax", tax.ToString(CultureInfo.InvariantCulture)))
            )
        );
        return line;
    }

    private static void RequireTaxSolution(WriteContext context)
    {
        if (context.Table("TAXSOLUTION").Find(TaxSolution) is null)
            new NamedRules("TAXSOLUTION", "Tax Solution").Create(
                context,
                FieldValues.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["SOLUTIONID"] = TaxSolution })
            );
    }

    private static int Number(string key) => int.Parse(key, CultureInfo.InvariantCulture);
}
