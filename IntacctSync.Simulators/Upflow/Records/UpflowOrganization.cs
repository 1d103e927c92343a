namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>
/// All that one Upflow organisation holds. Not thread-safe by itself: whoever uses it holds <see cref="Gate"/>.
/// </summary>
internal sealed class UpflowOrganization(UpflowSimulatorOptions options, TimeProvider clock)
{
    public Lock Gate { get; } = new();

    public UpflowSimulatorOptions Options => options;

    public UpflowIds Ids { get; } = new(options.Seed);

    public DateTimeOffset Now => clock.GetUtcNow();

    public RecordSet<UpflowCustomer> Customers { get; } = new();

    public RecordSet<UpflowContact> Contacts { get; } = new();

    /// <summary>The contacts by e-mail, in any case.</summary>
    public Dictionary<string, UpflowContact> Emails { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<DocumentKind, RecordSet<UpflowDocument>> Documents { get; } =
        DocumentKind.All.ToDictionary(k => k, _ => new RecordSet<UpflowDocument>());

    public Links.LinkBook Links { get; } = new();

    public List<SetupRecord> Users { get; } = [];

    public List<SetupRecord> BankAccounts { get; } = [];

    public List<SetupRecord> DunningPlans { get; } = [];

    public List<CustomField> CustomFields { get; } = [];

    public RecordSet<UpflowDocument> Of(DocumentKind kind) => Documents[kind];
}

/// <summary>A user, a bank account or a dunning plan.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Name">As a person sees it.</param>
/// <param name="Email">Of users.</param>
internal sealed record SetupRecord(string Id, string Name, string? Email = null);

/// <summary>
/// A custom field: see <see cref="Enumerations.Entities"/> and <see cref="Enumerations.FieldTypes"/>.
/// </summary>
internal sealed record CustomField(string Id, string Name, string Entity, string Type);
