using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Why a receipt is not posted although all of it is linked: what Intacct says of its invoices. Pure.
/// </summary>
internal static class ReceiptDoubt
{
    /// <summary>
    /// Where an invoice is another customer's, or in another currency than the receipt, by what Intacct says itself; or
    /// where Intacct does not show the invoice, so that nothing is known of it. Null where there is no doubt.
    /// </summary>
    public static Failure? OfInvoices(ReceiptFacts facts, IReadOnlyDictionary<string, OpenInvoice> invoices)
    {
        foreach (var part in facts.Parts.Where(p => p.SourceId is not null))
        {
            if (!invoices.TryGetValue(part.SourceId!, out var invoice))
                return new Failure(FailureClass.Data, ReceiptInvoiceProblems.InvoiceNotShown(facts, part))
                {
                    MayPass = true,
                };
            if (
                invoice.CustomerId is { } customer
                && !customer.Equals(facts.CustomerId?.Trim(), StringComparison.OrdinalIgnoreCase)
            )
                return new Failure(FailureClass.Data, ReceiptInvoiceProblems.OfAnotherCustomer(facts, part, customer));
            var own = part with { Currency = facts.CurrencyOf(invoice.Currency) };
            if (own.IsInOtherCurrency(facts.Currency))
                return new Failure(FailureClass.Data, ReceiptProblems.InOtherCurrency(facts, own));
        }

        return null;
    }

    /// <summary>
    /// What it pays of an invoice of which more was paid in Intacct than the payments come to that Intacct shows; null
    /// where there is none. What payments in other currencies gave is not known, nor what can't be read, so nothing is
    /// said of their invoices.
    /// </summary>
    public static ReceiptPart? PaidUnseen(
        ReceiptFacts facts,
        IReadOnlyDictionary<string, OpenInvoice> invoices,
        SeenPayments seen
    ) =>
        facts.Parts.FirstOrDefault(part =>
            part.SourceId is { } id
            && !seen.Unclear.Contains(id)
            && seen.Counting.Where(c => c.Part.Receivable == id).ToList() is var its
            && its.TrueForAll(c => facts.CurrencyOf(c.Currency) == facts.Currency)
            && its.Sum(c => c.Part.Amount) < invoices[id].Paid
        );

    /// <summary>
    /// Where an invoice owes less in Intacct than the receipts that are due pay of it. Null where it owes all.
    /// </summary>
    /// <param name="facts">The receipt.</param>
    /// <param name="invoices">What Intacct says of its invoices.</param>
    /// <param name="paid">What all receipts that are still to be posted pay of each invoice, in the smallest
    /// unit.</param>
    /// <param name="entered">The payments in Intacct that no receipt is linked to.</param>
    public static Problem? OfDue(
        ReceiptFacts facts,
        IReadOnlyDictionary<string, OpenInvoice> invoices,
        IReadOnlyDictionary<string, long> paid,
        IReadOnlyList<EnteredPayment> entered
    )
    {
        foreach (var part in facts.Parts.Where(p => p.SourceId is not null))
        {
            var invoice = invoices[part.SourceId!];
            if (invoice.Due < UpflowMoney.FromSmallest(paid[part.SourceId!], facts.Currency))
                return ReceiptInvoiceProblems.InvoicePaid(
                    facts,
                    part,
                    invoice.Due,
                    paid[part.SourceId!],
                    [.. entered.Where(e => e.Pays(part.SourceId!)).Select(e => e.Text)]
                );
        }

        return null;
    }
}
