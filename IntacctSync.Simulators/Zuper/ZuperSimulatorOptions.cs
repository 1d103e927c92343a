namespace IntacctSync.Simulators.Zuper;

/// <summary>The account that the simulator of Zuper plays.</summary>
public sealed record ZuperSimulatorOptions
{
    /// <summary>The login name that the region look-up knows.</summary>
    public string CompanyName { get; init; } = "sandbox";

    /// <summary>The one key that is accepted.</summary>
    public string ApiKey { get; init; } = "sandbox-zuper-key";

    /// <summary>A key of another account of the same host, which has no records.</summary>
    public string OtherApiKey { get; init; } = "sandbox-zuper-key-of-another-account";

    /// <summary>The records of <see cref="Sample.ZuperSample"/>, or none.</summary>
    public bool SampleData { get; init; }

    /// <summary>
    /// The day from which on the sample's ordinary invoices are dated; null = 30 days before the clock's.
    /// </summary>
    public DateOnly? SampleFirstDay { get; init; }

    /// <summary>IANA name of the time zone that the company is in: its invoices are dated by it.</summary>
    public string TimeZone { get; init; } = "America/Chicago";

    /// <summary>
    /// Show one invoice in four as old records look (no uid, type and tax of lines), one with money as text, one with a
    /// section row above its lines. Reads alone differ.
    /// </summary>
    public bool Untidy { get; init; }

    /// <summary>How long a list with a keyword takes; 3 to 14 seconds were seen live, none is the default.</summary>
    public TimeSpan KeywordPause { get; init; }

    /// <summary>Refuse what the real service refuses; off = forgiving, for exploring by hand.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// Requests a minute and key; 0 = no limit and no headers. 150 was measured on a real account; plans go to 700.
    /// </summary>
    public int RequestsPerMinute { get; init; } = 150;

    /// <summary>
    /// Whether rows of plain lists and filters carry the custom fields. The reference's sample row of a list has none
    /// while the detail has them, and neither is said to be complete: a client should hold in both worlds.
    /// </summary>
    public bool ListRowsCarryCustomFields { get; init; } = true;

    /// <summary>
    /// How long after each failed delivery of a webhook the next one follows; as many retries as there are delays. Not
    /// published; assumed.
    /// </summary>
    public IReadOnlyList<TimeSpan> WebhookRetryDelays { get; init; } =
    [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(25)];

    /// <summary>How long a delivery waits for its answer. Not published; assumed.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deliveries in flight at once.</summary>
    public int WebhookConcurrency { get; init; } = 8;

    /// <summary>Start of the sequence that uids and the share of a fault rule are drawn from.</summary>
    public int Seed { get; init; } = 1;
}
