using static IntacctSync.Simulators.Zuper.Sample.SampleExpectation;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// The customers of the sample, and how each is meant to end where customers are not identified by anything.
/// </summary>
internal static class SampleCustomers
{
    public static IReadOnlyList<SampleCustomer> All { get; } =
    [
        new("Ines", "Roy")
        {
            Organization = "Harbor Dental Group",
            Email = "ines@harbordental.example",
            Mobile = "+1 512 555 0201",
            Place = ("Austin", "TX"),
        },
        new("Jürgen", "Müller")
        {
            Organization = "Müller & Söhne Kältetechnik GmbH",
            Email = "juergen@mueller-kaelte.example",
            Mobile = "+49 171 5550202",
        },
        new("Siobhán", "O'Neill")
        {
            Organization = "Brontë & O'Neill Estates",
            Email = "siobhan@bronte-oneill.example",
        },
        new("Chris", "Park")
        {
            Organization = "Lakeview Apartments",
            Email = "office@shared.example",
            Mobile = "+1 312 555 0204",
            Place = ("Chicago", "IL"),
            Why = "an e-mail address that another customer has too: two contacts",
        },
        new("Pat", "Lee")
        {
            Organization = "Twin Cities Ice Arena",
            Email = "office@shared.example",
            Place = ("Saint Paul", "MN"),
            Why = "an e-mail address that another customer has too: two contacts",
        },
        new("John", "Smith")
        {
            Organization = "Blue Heron Brewing Co.",
            Email = "john.smith@blueheron.example",
            Place = ("Portland", "OR"),
            Why = "the same name as another customer: two contacts",
        },
        new("John", "Smith")
        {
            Organization = "Kessler Tool & Die",
            Email = "jsmith@kesslertool.example",
            Place = ("Detroit", "MI"),
            Why = "the same name as another customer: two contacts",
        },
        new("Mei", "Tanaka")
        {
            Organization = "Pacific Rim Seafood",
            Mobile = "+1 415 555 0208",
            Why = "no e-mail address",
        },
        new("Eleanor", "Whitfield")
        {
            Email = "eleanor@whitfield.example",
            Mobile = "+1 614 555 0209",
            Place = ("Columbus", "OH"),
            Why = "no organization: a contact and a customer of its own",
        },
        new("Łukasz", "") { Email = "lukasz@home.example", Why = "no organization and no last name" },
        new("Sam", "Ortiz")
        {
            Organization = "Ironworks Fitness",
            Email = "sam@",
            Expected = NeedsAction("email-invalid"),
            Why = "an e-mail address that breaks off, which Intacct refuses",
        },
        new("Robin", "Vance")
        {
            Organization = "Cedar Hill Veterinary Clinic",
            Email = "robin@cedarhillvet.example",
            IsActive = false,
            Expected = Skipped(),
            Why = "inactive, and not in Intacct: there is nothing to set inactive",
        },
        new("Alex", "Gone")
        {
            IsDeleted = true,
            Expected = Skipped(),
            Why = "deleted, and not in Intacct: there is nothing to set inactive",
        },
    ];
}
