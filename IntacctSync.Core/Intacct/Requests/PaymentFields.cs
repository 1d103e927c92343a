using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A payment as it is posted, applied to what it pays.</summary>
public sealed record PaymentFields
{
    /// <summary>The bank account, by its id; null where the money is not deposited yet.</summary>
    public string? FinancialEntity { get; init; }

    /// <summary>The account of money that is not deposited yet; null where a bank account is named.</summary>
    public string? UndepositedAccountNo { get; init; }

    /// <summary>Such as <c>Credit Card</c> (developer.intacct.com, AR Payments: PAYMENTMETHOD).</summary>
    public required string PaymentMethod { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>Document or check number.</summary>
    public required string DocNumber { get; init; }

    public string? Description { get; init; }

    /// <summary>The date in the general ledger.</summary>
    public required DateOnly ReceiptDate { get; init; }

    /// <summary>Of the transaction, ISO 4217.</summary>
    public required string Currency { get; init; }

    public required IReadOnlyList<PaymentLine> Lines { get; init; }

    internal void Write(XmlWriter writer)
    {
        var date = ReceiptDate.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);
        writer.Field("FINANCIALENTITY", FinancialEntity);
        writer.Field("UNDEPOSITEDACCOUNTNO", UndepositedAccountNo);
        writer.Field("PAYMENTMETHOD", PaymentMethod);
        writer.Field("CUSTOMERID", CustomerId);
        writer.Field("DOCNUMBER", DocNumber);
        writer.Field("DESCRIPTION", Description);
        writer.Field("RECEIPTDATE", date);
        writer.Field("PAYMENTDATE", date);
        writer.Field("CURRENCY", Currency);
        writer.Group(
            "ARPYMTDETAILS",
            details =>
            {
                foreach (var line in Lines)
                    details.Group("ARPYMTDETAIL", line.Write);
            }
        );
    }
}

/// <summary>What a payment gives to one receivable. Intacct divides it over the lines, first lines first.</summary>
/// <param name="InvoiceKey">RECORDNO of the invoice; null for a debit memo.</param>
/// <param name="DebitMemoKey">RECORDNO of the debit memo; null for an invoice.</param>
/// <param name="Amount">In the payment's currency, above zero.</param>
public sealed record PaymentLine(string? InvoiceKey, string? DebitMemoKey, decimal Amount)
{
    internal void Write(XmlWriter writer)
    {
        writer.Field("RECORDKEY", InvoiceKey);
        writer.Field("POSADJKEY", DebitMemoKey);
        writer.Money("TRX_PAYMENTAMOUNT", Amount);
    }
}
