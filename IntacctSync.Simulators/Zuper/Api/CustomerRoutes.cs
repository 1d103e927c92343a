using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Customers (developers.zuper.co/reference/get-all-customers, -copy-1 to -copy-4, customer-recovery,
/// get-customers-by-filter).
/// </summary>
internal sealed class CustomerRoutes(ZuperCompany company, Func<bool> withFields)
{
    private const string Path = "/api/customers";
    private readonly RecordRoutes _records = new(company, ZuperModules.Customer, withFields);

    public IEnumerable<ZuperRoute> All()
    {
        var lifecycle = new LifecycleRoutes(company, ZuperModules.Customer, _records);
        return
        [
            lifecycle.RecoverAt(Path),
            lifecycle.ActivateAt(Path),
            .. _records.FilterAt(Path),
            .. _records.At(Path, Path, create: "/api/customers_new"),
        ];
    }
}
