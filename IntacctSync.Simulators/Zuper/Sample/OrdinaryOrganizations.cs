namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// Organizations as accounts have them: several countries, scripts and ways of writing a telephone number. Each is
/// meant to end as synced.
/// </summary>
internal static class OrdinaryOrganizations
{
    public static IReadOnlyList<SampleOrganization> All { get; } =
    [
        new("Harbor Dental Group", "12 Pier Rd", "Austin", "TX", "78701", "USA")
        {
            Email = "ap@harbordental.example",
            Phone = "+1 512 555 0101",
            Place = (30.2622m, -97.7403m),
            SageId = "C-1001",
            Why = "an id that another connector left, and which exists: adopted",
        },
        new("Müller & Söhne Kältetechnik GmbH", "Lindwurmstraße 48", "München", "Bayern", "80337", "Germany")
        {
            Email = "buchhaltung@mueller-kaelte.example",
            Phone = "+49 89 5550105",
            Place = (48.1310m, 11.5560m),
        },
        new("Brontë & O'Neill Estates", "5 Fitzwilliam Sq", "Dublin", "", "D02 X285", "Ireland")
        {
            Email = "office@bronte-oneill.example",
            Phone = "+353 1 555 0106",
            Place = (53.3350m, -6.2520m),
        },
        new("São Bento Laticínios", "Av. Afonso Pena 1500", "Belo Horizonte", "MG", "30130-005", "Brazil")
        {
            Email = "contas@saobento.example",
            Phone = "+55 31 5555 0107",
        },
        new("Lakeview Apartments", "2100 N Lake Shore Dr", "Chicago", "IL", "60614", "USA")
        {
            Phone = "+1 312 555 0108",
            Place = (41.9210m, -87.6340m),
        },
        new("Riverside Property Management", "88 Scioto Ave", "Columbus", "OH", "43215", "USA")
        {
            Email = "ap@riversidepm.example",
            Phone = "+1 614 555 0109",
            Place = (39.9600m, -83.0030m),
        },
        new("Cedar Hill Veterinary Clinic", "640 Cedar Hill Rd", "Cedar Hill", "TX", "75104", "USA")
        {
            Email = "frontdesk@cedarhillvet.example",
            Phone = "(972) 555-0111",
        },
        new("Blue Heron Brewing Co.", "2205 SE 10th Ave", "Portland", "OR", "97214", "USA")
        {
            Email = "brew@blueheron.example",
            Phone = "503.555.0112",
            Place = (45.5070m, -122.6550m),
        },
        new("St. Mary's Regional Hospital", "235 W 6th St", "Reno", "NV", "89503", "USA")
        {
            Email = "accountspayable@stmarys.example",
            Phone = "+1 775 555 0113",
            Place = (39.5310m, -119.8190m),
        },
        new("Kessler Tool & Die", "9400 Grinnell St", "Detroit", "MI", "48213", "USA")
        {
            Email = "ap@kesslertool.example",
            Phone = "+1 313 555 0114",
            Place = (42.3920m, -83.0010m),
        },
        new("Ångström Precision AB", "Kungsgatan 44", "Stockholm", "", "111 35", "Sweden")
        {
            Email = "ekonomi@angstrom.example",
            Phone = "+46 8 555 01 15",
            Place = (59.3350m, 18.0630m),
        },
        new("Tierra del Sol Solar", "Av. Insurgentes Sur 1602", "Ciudad de México", "CDMX", "03940", "Mexico")
        {
            Email = "pagos@tierradelsol.example",
            Phone = "+52 55 5555 0116",
            Place = (19.3650m, -99.1820m),
        },
        new("Maple Leaf Logistics Inc.", "6500 Silver Dart Dr", "Mississauga", "ON", "L5P 1B2", "Canada")
        {
            Email = "ar@mapleleaflogistics.example",
            Phone = "+1 905 555 0117",
            Place = (43.6860m, -79.6280m),
        },
        new("Zürich Altstadt Immobilien", "Bahnhofstrasse 3", "Zürich", "ZH", "8001", "Switzerland")
        {
            Email = "info@altstadt-immo.example",
            Phone = "+41 44 555 01 18",
            Place = (47.3690m, 8.5390m),
        },
        new("Ironworks Fitness", "3300 Liberty Ave", "Pittsburgh", "PA", "15201", "USA")
        {
            Email = "owner@ironworks.example",
            Phone = "+1 412 555 0121",
            Place = (40.4620m, -79.9670m),
        },
        new("Fox & Hound Pub", "29 Passmore St", "London", "", "SW1W 8HR", "United Kingdom")
        {
            Email = "foxhound@pubs.example",
            Phone = "+44 20 5550 0122",
            Place = (51.4920m, -0.1550m),
        },
        new("Al-Noor Trading LLC", "Sheikh Zayed Rd 211", "Dubai", "", "", "United Arab Emirates")
        {
            Email = "accounts@alnoor.example",
            Phone = "+971 4 555 0129",
            Place = (25.2180m, 55.2790m),
        },
        new("Thompson, Wright & Partners, LLP", "One Federal St, 24th Floor", "Boston", "MA", "02110", "USA")
        {
            Email = "billing@twp-law.example",
            Phone = "+1 617 555 0131",
            Place = (42.3560m, -71.0570m),
            TaxExempt = true,
        },
        new("First Baptist Church of Macon", "511 High Pl", "Macon", "GA", "31201", "USA")
        {
            Email = "treasurer@fbcmacon.example",
            Phone = "+1 478 555 0132",
            Place = (32.8390m, -83.6360m),
            TaxExempt = true,
        },
        new("7-Day Storage #114", "11400 Storage Way", "Las Vegas", "NV", "89118", "USA")
        {
            Phone = "1-800-555-0133",
            Place = (36.0680m, -115.2030m),
        },
        new("Hôtel du Parc", "12 rue de Rivoli", "Paris", "", "75004", "France")
        {
            Email = "reservation@hotelduparc.example",
            Phone = "+33 1 55 55 01 34",
            Place = (48.8550m, 2.3600m),
        },
        new("Greenfield Unified School District", "493 El Camino Real", "Greenfield", "CA", "93927", "USA")
        {
            Email = "purchasing@greenfield-usd.example",
            Phone = "+1 831 555 0135",
            Place = (36.3210m, -121.2430m),
            TaxExempt = true,
        },
        new("Pacific Rim Seafood", "Pier 45, Shed B", "San Francisco", "CA", "94133", "USA")
        {
            Email = "ap@pacificrim.example",
            Phone = "+1 415 555 0136",
            Place = (37.8100m, -122.4180m),
        },
        new("Johnson HVAC Customers c/o Main Office", "2 Glenwood Ave", "Raleigh", "NC", "27603", "USA")
        {
            Email = "main@johnson.example",
            Phone = "+1 919 555 0137",
            Place = (35.7810m, -78.6480m),
        },
        new("Łódź Logistics Sp. z o.o.", "ul. Piotrkowska 104", "Łódź", "", "90-926", "Poland")
        {
            Email = "faktury@lodzlog.example",
            Phone = "+48 42 555 01 38",
            Place = (51.7650m, 19.4570m),
        },
        new("Twin Cities Ice Arena", "801 Aldrich Ave", "Saint Paul", "MN", "55104", "USA")
        {
            Email = "arena@tcice.example",
            Phone = "+1 651 555 0139",
            Place = (44.9650m, -93.1420m),
        },
        new("Bayou Marine Repair", "450 Bayou Gardens Blvd", "Houma", "LA", "70364", "USA")
        {
            Email = "bayou@marine.example",
            Phone = "+1 985 555 0140",
            Place = (29.6230m, -90.7150m),
        },
    ];
}
