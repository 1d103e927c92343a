using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>The currency of a transaction, in a company that has several.</summary>
/// <param name="BaseCurrency">ISO 4217; null leaves it to the location.</param>
/// <param name="Currency">Of the transaction, ISO 4217.</param>
/// <param name="ExchangeRateType">A type of the company, such as <c>Intacct Daily Rate</c>, which also stands in when
/// it is null.</param>
public sealed record InvoiceCurrency(string? BaseCurrency, string Currency, string? ExchangeRateType)
{
    /// <summary>Intacct's own daily rate (developer.intacct.com, Invoices).</summary>
    private const string DailyRate = "Intacct Daily Rate";

    internal void Write(XmlWriter writer)
    {
        writer.Field("basecurr", BaseCurrency);
        writer.Field("currency", Currency);
        writer.Field("exchratetype", ExchangeRateType ?? DailyRate);
    }
}
