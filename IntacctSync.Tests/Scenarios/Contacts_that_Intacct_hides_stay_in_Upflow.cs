using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A contact that a customer names, and that the user no longer sees, is not taken for gone.</summary>
public sealed class Contacts_that_Intacct_hides_stay_in_Upflow : ReceivablesRoadTest
{
    [Fact]
    public async Task It_stays_and_the_story_says_so()
    {
        await OpenAsync();
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "CONTACT", "ap@harbor.example");
        Intacct.Screens.RenameCustomer("C-1", "Harbor Ltd");
        await PollAsync();
        Assert.Equal("Harbor Ltd", (string?)Customer("C-1")["name"]);
        Assert.Contains(Emails("C-1"), e => e.StartsWith("ap@harbor.example", StringComparison.Ordinal));
        Assert.Contains(
            "which Intacct does not show",
            await StoryAsync(UpflowFlows.Customers, "C-1"),
            StringComparison.Ordinal
        );

        // When it is shown again, it is still the customer's, and goes when the customer names it no longer.
        Wire.Change = null;
        Intacct.Screens.DetachContacts("C-1");
        Intacct.Screens.SetEmail("Second", "");
        await PollAsync();
        Assert.Equal(["ap@harbor.example*"], Emails("C-1"));
    }

    [Fact]
    public async Task One_that_is_shown_and_has_no_address_any_more_goes_all_the_same()
    {
        await OpenAsync();
        Assert.Equal(["ap@harbor.example*", "second@harbor.example"], Emails("C-1"));
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "CONTACT", "ap@harbor.example");
        Intacct.Screens.SetEmail("Second", "");
        await PollAsync();
        Assert.Single(Emails("C-1"));
        Assert.StartsWith("ap@harbor.example", Emails("C-1")[0], StringComparison.Ordinal);
    }

    private async Task OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddContact("Second", "second@harbor.example");
        Intacct.Screens.AttachContact("C-1", "Accounting", "Second");
        await PollAsync();
        Assert.Equal(2, Emails("C-1").Count);
    }
}
