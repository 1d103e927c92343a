namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>An invoice or an adjustment as JSON.</summary>
internal sealed record DocumentForm(
    string CustomerId,
    string Number,
    decimal Amount,
    DateOnly? Date = null,
    DateOnly? Due = null,
    string? Currency = null,
    bool Draft = false,
    string? Description = null
);
