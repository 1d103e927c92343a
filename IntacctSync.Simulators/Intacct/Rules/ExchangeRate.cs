using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>The currency of a transaction, and how many of the base currency one of it is.</summary>
internal sealed record ExchangeRate(string Base, string Currency, decimal Rate, string Type)
{
    private const string Daily = "Intacct Daily Rate";

    public static ExchangeRate Of(WriteContext context, XElement call)
    {
        var own = context.Setup.BaseCurrency;
        if (!call.Has("currency"))
            return new ExchangeRate(own, own, 1, "");
        var currency = call.Text("currency");
        if (call.Text("basecurr") is { Length: > 0 } named && named != own)
            throw RefusedException.Invalid($"Base currency '{named}' is not valid");
        if (currency == own)
            return new ExchangeRate(own, own, 1, "");
        if (!context.Setup.MultiCurrency)
            throw RefusedException.Invalid($"Currency '{currency}' is not valid");
        if (!context.Setup.DailyRates.TryGetValue(currency, out var daily))
            throw RefusedException.Generic($"Exchange rate not found for {currency} to {own}");
        if (call.Has("exchrate"))
            return new ExchangeRate(own, currency, call.Number("exchrate"), "");
        var type = call.Text("exchratetype") is { Length: > 0 } given ? given : Daily;
        return type == Daily || context.Setup.RateTypes.Contains(type, StringComparer.Ordinal)
            ? new ExchangeRate(own, currency, daily, type)
            : throw RefusedException.Invalid($"Exchange rate type '{type}' is not valid");
    }

    /// <summary>
    /// The daily rate of a payment's currency; 1 where none is known, since the invoices that it pays hold it to their
    /// currency.
    /// </summary>
    public static ExchangeRate OfPayment(WriteContext context, string currency) =>
        currency == context.Setup.BaseCurrency || context.Setup.DailyRates.ContainsKey(currency)
            ? OfDay(context, currency)
            : new ExchangeRate(context.Setup.BaseCurrency, currency, 1, "");

    /// <summary>The daily rate of a currency, without a call that names it.</summary>
    public static ExchangeRate OfDay(WriteContext context, string currency) =>
        Of(context, new XElement("transaction", currency.Length > 0 ? new XElement("currency", currency) : null));

    /// <summary>The rate that a stored transaction has.</summary>
    public static ExchangeRate Of(Records.StoredRecord stored) =>
        new(
            stored["BASECURR"],
            stored["CURRENCY"],
            stored.Amount("EXCHANGE_RATE") is 0 ? 1 : stored.Amount("EXCHANGE_RATE"),
            stored["EXCH_RATE_TYPE_ID"]
        );

    public void Put(Dictionary<string, string> values)
    {
        values["BASECURR"] = Base;
        values["CURRENCY"] = Currency;
        values["EXCHANGE_RATE"] = Rate.ToString(CultureInfo.InvariantCulture);
        values["EXCH_RATE_TYPE_ID"] = Type;
    }
}
