using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// The sample of the sandbox: 40 organizations whose uids never change. Each is an hour younger than the one before, and the awkward
/// ones come last.
/// </summary>
/// <remarks>
/// It goes with the Intacct simulator's sample, in which the customers C-1001 (Harbor Dental Group), C-1002 and C-1003 (both Quayside
/// Hotels), C-1004 (Northgate Schools) and C-1005 (Pine Street Bakery) exist. How each organization is meant to end, with
/// <c>identifyCustomerBy</c> none, stands at it: all are synced but
/// <list type="bullet">
/// <item>Evergreen Car Wash: needsAction, its e-mail address breaks off;</item>
/// <item>Summit Ridge Condominiums: needsAction, its Sage Customer ID C-9999 exists nowhere;</item>
/// <item>Harbor Dental Group (copy): needsAction, its Sage Customer ID is that of the older organization it was copied from;</item>
/// <item>Old Mill Antiques (inactive) and Closed Diner (deleted): skipped, since no customer is theirs to be set inactive.</item>
/// </list>
/// Harbor Dental Group and Northgate Schools are adopted; Sunrise Senior Living has a name that is too long for Intacct and is cut.
/// </remarks>
public static class ZuperSample
{
    /// <summary>Start of the sample's own uids; another one would be other records.</summary>
    private const int Seed = 40_001;

    /// <summary>The organizations by uid, oldest first.</summary>
    public static IReadOnlyDictionary<string, SampleOrganization> Organizations { get; } = Make();

    /// <summary>How each organization is meant to end, by uid.</summary>
    public static IReadOnlyDictionary<string, SampleExpectation> Expectations { get; } =
        Organizations.ToDictionary(o => o.Key, o => o.Value.Expected, StringComparer.Ordinal);

    /// <summary>The uid of the first organization of that name.</summary>
    /// <exception cref="InvalidOperationException">None has that name.</exception>
    public static string UidOf(string name) => Organizations.First(o => o.Value.Name == name).Key;

    /// <summary>The day from which on ordinary invoices are dated where nobody says another: 30 days before the clock's.</summary>
    internal static DateOnly FirstDay(TimeProvider clock, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime).AddDays(-30);

    internal static void Fill(ZuperCompany company, DateOnly firstDay)
    {
        var age = TimeSpan.FromHours(Organizations.Count);
        foreach (var (uid, organization) in Organizations)
        {
            company.Place(ZuperModules.Organization, uid, organization.ToJson(), age, organization.IsActive, organization.IsDeleted);
            age -= TimeSpan.FromHours(1);
        }
    }

    private static OrderedDictionary<string, SampleOrganization> Make()
    {
        var ids = new ZuperIds(Seed);
        return new OrderedDictionary<string, SampleOrganization>(
            OrdinaryOrganizations.All.Concat(AwkwardOrganizations.All).Select(o => KeyValuePair.Create(ids.Uid(), o)), StringComparer.Ordinal);
    }
}
