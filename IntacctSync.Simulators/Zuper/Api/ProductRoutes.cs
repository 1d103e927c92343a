using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Products and their categories (developers.zuper.co/reference/create-a-product, get-all-products,
/// get-product-categories).
/// </summary>
internal sealed class ProductRoutes(ZuperCompany company, Func<bool> withFields)
{
    public IEnumerable<ZuperRoute> All()
    {
        var products = new RecordRoutes(company, ZuperModules.Product, withFields);
        var categories = new RecordRoutes(company, ZuperModules.Category, withFields);
        return
        [
            .. categories.At("/api/products/category", "/api/products/category"),
            .. products.FilterAt("/api/product"),
            .. products.At("/api/product", "/api/product"),
        ];
    }
}
