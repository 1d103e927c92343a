using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Organizations (developers.zuper.co/reference/create-organization; activation and recovery: activate-property-copy,
/// create-organization-attachments-copy-2).
/// </summary>
internal sealed class OrganizationRoutes(ZuperCompany company, Func<bool> withFields)
{
    private const string Path = "/api/organization";
    private readonly RecordRoutes _records = new(company, ZuperModules.Organization, withFields);

    public IEnumerable<ZuperRoute> All()
    {
        var lifecycle = new LifecycleRoutes(company, ZuperModules.Organization, _records);
        return
        [
            lifecycle.RecoverAt(Path),
            lifecycle.ActivateAt(Path),
            .. _records.FilterAt(Path),
            .. _records.At(Path, Path),
        ];
    }
}
