using IntacctSync.Simulators.Zuper.Records;
using static IntacctSync.Simulators.Zuper.Sample.SampleExpectation;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// The invoices of the sample, and how each is meant to end as an AR invoice where the settings say whom taxes,
/// discounts and fees are posted to, the location's field is <c>Location</c>, and the start date is
/// <see cref="ZuperSample.StartDate"/>.
/// </summary>
internal static class SampleInvoices
{
    public static IReadOnlyList<SampleInvoice> All { get; } =
    [
        new("February visit", "Harbor Dental Group", ("Filter replacement", 2, 120m)) { Customer = "Ines Roy" },
        new("Compressor repair", "Müller & Söhne Kältetechnik GmbH", ("Compressor", 1, 1480.50m), ("Labor", 6.5m, 95m))
        {
            Customer = "Jürgen Müller",
            Day = 2,
            Location = "200",
        },
        new("Roof inspection", "Lakeview Apartments", ("Inspection", 1, 350m))
        {
            Day = 3,
            Taxed = true,
            Why = "a tax",
        },
        new("Ice plant service", "Twin Cities Ice Arena", ("Service", 3, 410m), ("Refrigerant", 4, 62.25m))
        {
            Day = 5,
            LineDiscount = 30m,
            Why = "a discount on a line",
        },
        new("Brew kettle refit", "Blue Heron Brewing Co.", ("Refit", 1, 5200m))
        {
            Day = 6,
            Discount = 260m,
            Why = "a discount on the whole",
        },
        new("Night call", "Kessler Tool & Die", ("Emergency call-out", 1, 95m), ("Copper pipe, 1 m", 7, 18.5m))
        {
            Day = 8,
            Fee = 45m,
            Why = "a fee, and products of which Intacct knows nothing",
        },
        new("Cold room", "Pacific Rim Seafood", ("Panel", 12, 88.335m))
        {
            Day = 9,
            Memo = "Please quote our order 4471.\nThank you — <Pacific Rim>",
            Why = "a memo with characters that XML gives a meaning to, a price of three decimals",
        },
        new("Boiler", "Thompson, Wright & Partners, LLP", ("Boiler", 1, 3100m), ("Labor", 8, 95m))
        {
            Day = 11,
            Paid = 1000m,
            Why = "partly paid in Zuper",
        },
        new("Garden tap", null, ("Tap", 1, 64.99m))
        {
            Customer = "Eleanor Whitfield",
            Day = 12,
            Why = "for a customer without an organization",
        },
        new("Unfinished draft", "Ironworks Fitness", ("Treadmill belt", 1, 220m))
        {
            Day = 13,
            Status = InvoiceStatus.Draft,
            Expected = Skipped(),
            Why = "a draft",
        },
        new("Called off", "Fox & Hound Pub", ("Cellar cooling", 1, 900m))
        {
            Day = 14,
            Status = InvoiceStatus.Canceled,
            Expected = Skipped(),
            Why = "cancelled before it was in Intacct: there is nothing to reverse",
        },
        new("Never paid", "Bayou Marine Repair", ("Pump", 1, 780m))
        {
            Day = 15,
            Status = "BAD_DEBT",
            Expected = Skipped(),
            Why = "a bad debt, which is no status to create an invoice in",
        },
        new("Does not add up", "St. Mary's Regional Hospital", ("Filter change", 10, 42m))
        {
            Day = 16,
            BrokenTotal = 402m,
            Expected = NeedsAction("total-mismatch"),
            Why = "a total of 402 where the lines make 420",
        },
        new("Unknown location", "7-Day Storage #114", ("Door motor", 2, 310m))
        {
            Day = 17,
            Location = "999",
            Expected = NeedsAction("location-unknown"),
            Why = "a location that Intacct does not have",
        },
        new("Numbered by a person", "Greenfield Unified School District", ("Chiller", 1, 8600m))
        {
            Day = 18,
            Number = 2001,
            Expected = NeedsAction("number-taken"),
            Why = "the number that the invoice 'February visit' has",
        },
        new("Closed period", "First Baptist Church of Macon", ("Furnace", 1, 2400m))
        {
            Date = ZuperSample.ClosedDay,
            Expected = NeedsAction("period-closed"),
            Why = "dated in a period that Intacct has closed",
        },
        new("Before the start", "Ångström Precision AB", ("Survey", 1, 150m))
        {
            Date = ZuperSample.StartDate.AddDays(-20),
            Expected = Skipped(),
            Why = "dated before the start date",
        },
        new("March visit", "Harbor Dental Group", ("Filter replacement", 2, 120m))
        {
            Customer = "Ines Roy",
            Day = 20,
            Why = "the second of one organization",
        },
    ];
}
