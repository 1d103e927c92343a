using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The sums of an invoice.</summary>
internal static class InvoiceMoney
{
    /// <summary>
    /// A total that a person broke, which stands as it is instead of the sum; fields that begin with $ are shown to
    /// nobody.
    /// </summary>
    public const string BrokenTotal = "$total";

    /// <summary>Marks a header tax that was made of the lines' own.</summary>
    public const string OfLines = "$of_lines";

    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero) / 1.0000m;

    /// <summary>
    /// Makes the sums anew: of the lines, taxes and fees the total, of the payments that are not void what is paid and
    /// due.
    /// </summary>
    public static void Sum(JsonObject record)
    {
        var lines = List(record, "line_items").Where(l => !InvoiceLines.IsSection(l)).ToList();
        if (lines.Count > 0)
            record["sub_total"] = Round(lines.Sum(l => l.Number("total")));
        var net = record.Number("sub_total") - record.Number("total_discount");
        TaxesOfLines(record, lines);
        foreach (var tax in List(record, "tax"))
            ZuperTaxes.Complete(tax, net);
        var total = record[BrokenTotal] is { } broken
            ? decimal.Parse(broken.Text()!, System.Globalization.CultureInfo.InvariantCulture)
            : Round(
                net
                    + List(record, "tax").Sum(t => t.Number("tax_amount"))
                    + List(record, "fees").Sum(f => f.Number("amount"))
            );
        var paid = Round(List(record, "payment_history").Where(p => !p.Is("is_void")).Sum(p => p.Number("amount")));
        record["total"] = total;
        record["amount_paid"] = paid;
        record["amount_due"] = Round(total - paid);
        record["is_paid"] = paid > 0 && paid >= total;
    }

    public static IEnumerable<JsonObject> List(JsonObject record, string field) =>
        (record[field] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A header that says nothing of taxes has those of its lines, by name. [assumed]</summary>
    private static void TaxesOfLines(JsonObject record, List<JsonObject> lines)
    {
        if (List(record, "tax").Any(t => !t.Is(OfLines)))
            return;
        var taxes = lines
            .Select(l => l["tax"])
            .OfType<JsonObject>()
            .Where(t => t.Number("tax_amount") != 0)
            .GroupBy(t => (Name: t.Text("tax_name"), Rate: t.Number("tax_rate")))
            .Select(g =>
                (JsonNode)
                    new JsonObject
                    {
                        ["tax_uid"] = null,
                        ["tax_name"] = g.Key.Name,
                        ["tax_percent"] = g.Key.Rate,
                        ["tax_amount"] = Round(g.Sum(t => t.Number("tax_amount"))),
                        [OfLines] = true,
                    }
            )
            .ToArray();
        record["tax"] = new JsonArray(taxes);
    }
}
