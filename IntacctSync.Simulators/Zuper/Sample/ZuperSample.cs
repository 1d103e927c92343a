using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// The sample of the sandbox: 40 organizations, 13 customers, 2 products and 18 invoices whose uids never change. Each
/// is younger than the one before, and the awkward ones come last.
/// </summary>
/// <remarks>
/// <para>It goes with the Intacct simulator's sample, in which the customers C-1001 (Harbor Dental Group), C-1002 and
/// C-1003 (both Quayside Hotels), C-1004 (Northgate Schools) and C-1005 (Pine Street Bakery) exist, as do the locations
/// 100 and 200, while every period before 2025 is closed. How each organization is meant to end, with
/// <c>identifyCustomerBy</c> none, stands at it: all are synced but
/// <list type="bullet">
/// <item>Evergreen Car Wash: needsAction, its e-mail address breaks off;</item>
/// <item>Summit Ridge Condominiums: needsAction, its Sage Customer ID C-9999 exists nowhere;</item>
/// <item>Harbor Dental Group (copy): needsAction, its Sage Customer ID is that of the older organization it was copied
/// from;</item>
/// <item>Old Mill Antiques (inactive) and Closed Diner (deleted): skipped, since no customer is theirs to be set
/// inactive.</item>
/// </list> Harbor Dental Group and Northgate Schools are adopted; Sunrise Senior Living has a name that is too long for
/// Intacct and is cut.</para>
/// <para>Customers: all are synced but Sam Ortiz (an e-mail address that breaks off), Robin Vance (inactive) and Alex
/// Gone (deleted). Invoices: those that do not add up, name the location 999, have a number that is taken, or fall into
/// a closed period need action; the draft, the cancelled one, the bad debt and the one before <see cref="StartDate"/>
/// are skipped. The products are in no flow's way.</para>
/// </remarks>
public static class ZuperSample
{
    /// <summary>The start date of a connection for which the invoices' expectations hold.</summary>
    public static DateOnly StartDate { get; } = new(2024, 12, 1);

    /// <summary>
    /// The date of the one invoice that falls into a period which the Intacct simulator's sample has closed (all before
    /// 2025).
    /// </summary>
    public static DateOnly ClosedDay { get; } = new(2024, 12, 16);

    /// <summary>Start of the sample's own uids; another one would be other records.</summary>
    private const int Seed = 40_001;

    /// <summary>The organizations by uid, oldest first.</summary>
    public static IReadOnlyDictionary<string, SampleOrganization> Organizations { get; } =
        Make(Seed, OrdinaryOrganizations.All.Concat(AwkwardOrganizations.All));

    /// <summary>The customers by uid, oldest first.</summary>
    public static IReadOnlyDictionary<string, SampleCustomer> Customers { get; } = Make(Seed + 1, SampleCustomers.All);

    /// <summary>The products by uid.</summary>
    public static IReadOnlyDictionary<string, SampleProduct> Products { get; } = Make(Seed + 2, SampleProduct.All);

    /// <summary>The invoices by uid, oldest first.</summary>
    public static IReadOnlyDictionary<string, SampleInvoice> Invoices { get; } = Make(Seed + 3, SampleInvoices.All);

    /// <summary>How each organization is meant to end, by uid.</summary>
    public static IReadOnlyDictionary<string, SampleExpectation> Expectations { get; } =
        Organizations.ToDictionary(o => o.Key, o => o.Value.Expected, StringComparer.Ordinal);

    /// <summary>How each customer is meant to end, by uid.</summary>
    public static IReadOnlyDictionary<string, SampleExpectation> CustomerExpectations { get; } =
        Customers.ToDictionary(c => c.Key, c => c.Value.Expected, StringComparer.Ordinal);

    /// <summary>How each invoice is meant to end, by uid.</summary>
    public static IReadOnlyDictionary<string, SampleExpectation> InvoiceExpectations { get; } =
        Invoices.ToDictionary(i => i.Key, i => i.Value.Expected, StringComparer.Ordinal);

    /// <summary>The uid of the first organization of that name.</summary>
    /// <exception cref="InvalidOperationException">None has that name.</exception>
    public static string UidOf(string name) => Organizations.First(o => o.Value.Name == name).Key;

    /// <summary>The uid of the first customer of that name.</summary>
    /// <exception cref="InvalidOperationException">None has that name.</exception>
    public static string CustomerUidOf(string name) => Customers.First(c => c.Value.Name == name).Key;

    /// <summary>The uid of the invoice of that title.</summary>
    /// <exception cref="InvalidOperationException">None has that title.</exception>
    public static string InvoiceUidOf(string title) => Invoices.First(i => i.Value.Title == title).Key;

    /// <summary>
    /// The day from which on ordinary invoices are dated where nobody says another: 30 days before the clock's.
    /// </summary>
    internal static DateOnly FirstDay(TimeProvider clock, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime).AddDays(-30);

    internal static void Fill(ZuperCompany company, DateOnly firstDay)
    {
        var age = TimeSpan.FromHours(Organizations.Count);
        foreach (var (uid, organization) in Organizations)
        {
            company.Place(
                ZuperModules.Organization,
                uid,
                organization.ToJson(),
                age,
                organization.IsActive,
                organization.IsDeleted
            );
            age -= TimeSpan.FromHours(1);
        }
        foreach (var ((uid, customer), i) in Customers.Select((c, i) => (c, i)))
            company.Place(
                ZuperModules.Customer,
                uid,
                customer.ToJson(),
                Younger(Customers.Count - i),
                customer.IsActive,
                customer.IsDeleted
            );
        foreach (var ((uid, product), i) in Products.Select((p, i) => (p, i)))
            company.Place(ZuperModules.Product, uid, product.ToJson(), Younger(Products.Count - i));
        foreach (var ((uid, invoice), i) in Invoices.Select((v, i) => (v, i)))
            PlacedInvoice.Place(company, uid, invoice, firstDay, Younger(Invoices.Count - i));
    }

    /// <summary>All of the last hour, by minutes, so that what refers to something is younger than it.</summary>
    private static TimeSpan Younger(int minutes) => TimeSpan.FromMinutes(minutes);

    private static OrderedDictionary<string, T> Make<T>(int seed, IEnumerable<T> records)
    {
        var ids = new ZuperIds(seed);
        return new OrderedDictionary<string, T>(
            records.Select(r => KeyValuePair.Create(ids.Uid(), r)),
            StringComparer.Ordinal
        );
    }
}
