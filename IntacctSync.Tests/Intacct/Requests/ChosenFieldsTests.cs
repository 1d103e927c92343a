using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Requests;

public sealed class ChosenFieldsTests
{
    [Fact]
    public void Every_field_of_a_contact_but_its_name_is_chosen() =>
        AssertChosen(
            Some.Contact(),
            (contact, choose) => contact.Choose(choose),
            contact => new ContactFields { ContactName = contact.ContactName }
        );

    [Fact]
    public void Every_field_of_a_product_but_its_meta_data_is_chosen() =>
        AssertChosen(
            new ZuperProductFields
            {
                Name = "Air Filter",
                ProductId = "FLT-16",
                CategoryUid = Some.Uid(1),
                Type = "PARTS",
                Price = 18.25m,
                PurchasePrice = 9.5m,
                Currency = "USD",
                Uom = "Each",
                Description = "For the roof",
                IsAvailable = false,
                TaxExempt = true,
            },
            (product, choose) => product.Choose(choose),
            product => new ZuperProductFields { MetaData = product.MetaData }
        );

    private static void AssertChosen<T>(T full, Func<T, Func<string, string?, string?>, T> choose, Func<T, T> empty)
    {
        Assert.All(typeof(T).GetProperties(), p => Assert.NotNull(p.GetValue(full)));
        var names = new List<string>();
        Assert.Equal(
            full,
            choose(
                full,
                (name, value) =>
                {
                    names.Add(name);
                    return value;
                }
            )
        );
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.Equal(empty(full), choose(full, (_, _) => null));
    }
}
