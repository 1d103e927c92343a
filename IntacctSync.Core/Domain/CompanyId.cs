namespace IntacctSync.Core.Domain;

/// <summary>
/// An Intacct company, folded to lower case: the session of the queue and the owner of the lease, so that all
/// connections to one company share one worker at a time.
/// </summary>
public readonly record struct CompanyId
{
    private readonly string? _value;

    public CompanyId(string companyId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(companyId);
        _value = companyId.Trim().ToLowerInvariant();
    }

    public string Value => _value ?? throw new InvalidOperationException("A CompanyId needs a value.");

    public override string ToString() => Value;
}
