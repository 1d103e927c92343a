namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>A company as it is set up. Its books are in <see cref="IntacctCompany"/>.</summary>
public sealed record SimulatedCompany(string CompanyId)
{
    /// <summary>The company <c>sandbox</c> with its one user.</summary>
    public static SimulatedCompany Sandbox { get; } =
        new("sandbox") { Users = [new SimulatedUser("sandbox-user", "sandbox-user-password")] };

    public IReadOnlyList<SimulatedUser> Users { get; init; } = [];

    /// <summary>Senders on the company's web services authorisation list.</summary>
    public IReadOnlyList<string> AuthorisedSenders { get; init; } = [IntacctSimulatorOptions.SandboxSender];

    /// <summary>Entities of a multi-entity company, which a login may name.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>
    /// What get_companyprefs answers: application, preference, value. The names of AR's preferences are [assumed].
    /// </summary>
    public IReadOnlyList<(string Application, string Preference, string Value)> Preferences { get; init; } =
    [
        ("GEN", "PRIMARY_ACCTNO_LENGTH", "4"),
        ("GEN", "FISCAL_FIRST_MONTH", "1"),
        ("AR", "USEACCOUNTLABELS", "F"),
        ("AR", "CUSTOMERID_SEQUENCE", ""),
    ];

    public string BaseCurrency { get; init; } = "USD";

    public bool MultiCurrency { get; init; }

    /// <summary>
    /// Rates of <c>Intacct Daily Rate</c>: base currency for one of the other. Only these currencies are known, and
    /// only where the company has several.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> DailyRates { get; init; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>
    /// Exchange rate types of the company's own, which convert as the daily rate does. That one is listed by no call.
    /// </summary>
    public IReadOnlyList<string> RateTypes { get; init; } = [];

    /// <summary>
    /// The last day of the closed periods at the start; null = all are open, and a year back in the sample books.
    /// </summary>
    public DateOnly? BooksClosedThrough { get; init; }

    /// <summary>The checking accounts that payments can go to, by id.</summary>
    public IReadOnlyList<string> CheckingAccounts { get; init; } = ["BANK", "BOA"];

    /// <summary>The transaction definitions of Order Entry.</summary>
    public IReadOnlyList<TransactionDefinition> TransactionDefinitions { get; init; } = [new("Sales Invoice")];
}
