using IntacctSync.Core.Zuper.Customers;
using IntacctSync.Tests.Intacct;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Customers;

public sealed class ContactLookupTests : IDisposable
{
    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Theory]
    [InlineData(
        "<CONTACT_LIST_INFO><CATEGORYNAME>Billing</CATEGORYNAME><CONTACT><NAME>Ana</NAME></CONTACT></CONTACT_LIST_INFO>"
    )]
    [InlineData(
        "<CONTACT_LIST_INFO><contact_list_info><CATEGORYNAME>Billing</CATEGORYNAME><CONTACT><NAME>Ana</NAME>"
            + "</CONTACT></contact_list_info></CONTACT_LIST_INFO>"
    )]
    public async Task A_customers_contacts_are_its_display_contact_and_those_in_its_list(string list)
    {
        var names = await NamesAsync(list);
        Assert.Equal(["Ana", "Main"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_answer_without_a_list_tells_of_the_display_contact_alone() =>
        Assert.Equal(["Main"], await NamesAsync(""));

    public void Dispose() => _stand.Dispose();

    private async Task<IReadOnlyList<string>> NamesAsync(string list)
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Operation(
                    Answers.Success(
                        Answers.ControlIdOf(request),
                        $"<data listtype=\"CUSTOMER\" count=\"1\"><CUSTOMER><CUSTOMERID>C-1</CUSTOMERID>"
                            + $"<DISPLAYCONTACT><CONTACTNAME>Main</CONTACTNAME></DISPLAYCONTACT>{list}</CUSTOMER>"
                            + $"</data>",
                        "readByName"
                    )
                )
            );
        return
        [
            .. (
                await new ContactLookup(_stand.Client).OfCustomersAsync(
                    Some.IntacctCredentials(),
                    ["c-1"],
                    CancellationToken.None
                )
            )["C-1"],
        ];
    }
}
