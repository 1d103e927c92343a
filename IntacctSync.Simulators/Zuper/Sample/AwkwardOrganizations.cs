using static IntacctSync.Simulators.Zuper.Sample.SampleExpectation;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// Organizations that ask something of a sync; each says what, and how it is meant to end where customers are not
/// identified by anything.
/// </summary>
internal static class AwkwardOrganizations
{
    public static IReadOnlyList<SampleOrganization> All { get; } =
    [
        new("Quayside Hotels", "1 Harbor Walk", "Portland", "ME", "04101", "USA")
        {
            Email = "accounts@quayside-hotels.example",
            Phone = "+1 207 555 0102",
            Place = (43.6570m, -70.2500m),
            Why = "a name that two customers in Intacct have too, which matters only where names identify",
        },
        new("Northgate Schools", "400 N 105th St", "Seattle", "WA", "98133", "USA")
        {
            Email = "finance@northgate.example",
            Phone = "+1 206 555 0103",
            Place = (47.7055m, -122.3480m),
            SageId = "C-1004",
            Why = "an id that another connector left, and which exists: adopted",
        },
        new("Pine Street Bakery", "77 Pine St", "Burlington", "VT", "05401", "USA")
        {
            Email = "hello@pinestreetbakery.example",
            Phone = "+1 802 555 0104",
            Place = (44.4713m, -73.2143m),
            Why = "a name that a customer in Intacct has too",
        },
        new("Riverside Property Management", "9 Eastmoor Blvd", "Columbus", "OH", "43209", "USA")
        {
            Email = "billing@riverside-east.example",
            Phone = "+1 614 555 0110",
            Place = (39.9590m, -82.9310m),
            Why = "the same name as another organization: two customers",
        },
        new("Grand Avenue Theatre", "", "", "", "", "")
        {
            Email = "boxoffice@grandavetheatre.example",
            Phone = "+1 515 555 0119",
            Why = "an address that is empty throughout",
        },
        new("Desert Bloom Nursery", "", "Tucson", "AZ", "", "USA") { Why = "a city and nothing else" },
        new(
            "Sunrise Senior Living of the Greater Rio Grande Valley and Southern Coastal Bend Communities, "
                + "Partnership Ltd.",
            "1700 W Expressway 83",
            "McAllen",
            "TX",
            "78501",
            "USA"
        )
        {
            Email = "ap@sunrise-rgv.example",
            Phone = "+1 956 555 0123",
            Place = (26.1980m, -98.2520m),
            Why = "a name longer than the 100 characters that Intacct keeps: cut to fit",
        },
        new("Evergreen Car Wash", "1550 Wadsworth Blvd", "Lakewood", "CO", "80214", "USA")
        {
            Email = "ap@",
            Phone = "+1 303 555 0124",
            Place = (39.7400m, -105.0810m),
            Expected = NeedsAction("email-invalid"),
            Why = "an e-mail address that breaks off, which Intacct refuses",
        },
        new("Old Mill Antiques", "14 Mill Rd", "Rhinebeck", "NY", "12572", "USA")
        {
            Email = "shop@oldmill.example",
            Phone = "+1 845 555 0125",
            Place = (41.9270m, -73.9120m),
            IsActive = false,
            Expected = Skipped(),
            Why = "inactive, and not in Intacct: there is nothing to set inactive",
        },
        new("Closed Diner", "700 Bergen Ave", "Jersey City", "NJ", "07306", "USA")
        {
            Phone = "+1 201 555 0126",
            IsDeleted = true,
            Expected = Skipped(),
            Why = "deleted, and not in Intacct: there is nothing to set inactive",
        },
        new("Summit Ridge Condominiums", "100 Ridge Ln", "Breckenridge", "CO", "80424", "USA")
        {
            Email = "board@summitridge.example",
            Phone = "+1 970 555 0127",
            Place = (39.4820m, -106.0660m),
            SageId = "C-9999",
            Expected = NeedsAction("sage-id-unknown"),
            Why = "an id that exists nowhere in Intacct",
        },
        new("Harbor Dental Group (copy)", "12 Pier Rd", "Austin", "TX", "78701", "USA")
        {
            Email = "ap@harbordental.example",
            Phone = "+1 512 555 0101",
            Place = (30.2622m, -97.7403m),
            SageId = "C-1001",
            Expected = NeedsAction("sage-id-taken"),
            Why = "copied from Harbor Dental Group, with the id that is that one's",
        },
        new("Café Crème <Montréal>", "1240 Rue Sainte-Catherine O", "Montréal", "QC", "H3G 1P1", "Canada")
        {
            Email = "cafe@creme-mtl.example",
            Phone = "+1 514 555 0130",
            Place = (45.4970m, -73.5750m),
            Why = "characters that XML gives a meaning to",
        },
    ];
}
