using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The one tax of every account here.</summary>
public static class ZuperTaxes
{
    public const string Texas = "90aa41be-7a52-4a8e-a1d7-3b1f6c2d8e01";

    /// <summary>Per cent.</summary>
    public const decimal TexasRate = 8.25m;

    /// <summary>
    /// Fills what a header tax leaves out that only names a tax of the account: its name, rate and amount on a sum.
    /// </summary>
    internal static void Complete(JsonObject tax, decimal taxable)
    {
        if (tax.Text("tax_uid") != Texas)
            return;
        tax["tax_name"] ??= "TX";
        tax["tax_percent"] ??= TexasRate;
        tax["tax_amount"] ??= InvoiceMoney.Round(taxable * tax.Number("tax_percent") / 100m);
    }
}
