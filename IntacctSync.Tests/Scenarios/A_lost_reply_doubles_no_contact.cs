using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_lost_reply_doubles_no_contact : CustomerRoadTest
{
    public static TheoryData<string> Faults =>
        [
            "http524",
            "http502After",
            "resetAfter",
            "truncated",
            "resultWithoutStatus",
            "http502",
            "http503",
            "cloudflare",
            "resetBefore",
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_contact_whose_create_got_no_answer_is_found_again_and_attached(string fault)
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = Function("create") });
        var (one, two) = (MakeCustomer("Ines", "Roy", organization), MakeCustomer("Paul", "Roy", organization));
        await RestAsync();

        await AssertAttachedAsync(one, organization);
        await AssertAttachedAsync(two, organization);
        Assert.Equal(3, Contacts.Count);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_attachment_that_got_no_answer_is_sent_again_and_stands_once(string fault)
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = Function("update") });
        var (one, two) = (MakeCustomer("Ines", "Roy", organization), MakeCustomer("Paul", "Roy", organization));
        await RestAsync();

        await AssertAttachedAsync(one, organization);
        await AssertAttachedAsync(two, organization);
        Assert.Equal(2, ListOf(SageId(organization)!).Length);
        Assert.Equal(3, Intacct.Counters.Creates);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_customer_of_its_own_whose_create_got_no_answer_is_found_again(string fault)
    {
        await ConnectCustomersAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = Function("create") });
        var uid = MakeCustomer("Ines", "Roy");
        await RestAsync();

        await AssertCarriedAsync(uid);
        Assert.Single(Customers);
        Assert.Single(Contacts);
    }

    [Theory]
    [InlineData("lostAnswer")]
    [InlineData("http503")]
    [InlineData("http429")]
    public async Task A_write_back_that_fails_is_repeated_by_itself_and_never_touches_Intacct(string fault)
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = fault,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/api/custom_fields" },
                Times = 2,
            }
        );
        var uid = MakeCustomer("Ines", "Roy", organization);
        await RestAsync();

        await AssertAttachedAsync(uid, organization);
        Assert.Equal(3, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task One_contact_that_cannot_be_attached_concerns_only_itself()
    {
        await ConnectCustomersAsync();
        var organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var uids = Enumerable.Range(0, 3).Select(i => MakeCustomer("Ines", $"Roy {i}", organization)).ToList();
        AddContact("Gone soon", "Gone soon");
        Zuper.WebhooksEnabled = true;
        await LinkAsync(Core.Zuper.ZuperFlows.Customers, uids[0], "Gone soon");
        Intacct.Company.Remove("CONTACT", "Gone soon");
        await Process
            .Get<Core.KeyMap.KeyMapStore>()
            .SaveAsync([(await ContactEntryAsync(uids[0])) with { AttachedTo = null }], Forever);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        foreach (var uid in uids)
            Zuper.Screens.EditField(uid, "Region", "South");
        await RestAsync();

        Assert.Equal(Core.Domain.RecordState.NeedsAction, (await ContactEntryAsync(uids[0])).State);
        await AssertAttachedAsync(uids[1], organization);
        await AssertAttachedAsync(uids[2], organization);
    }

    private static Dictionary<string, string> Function(string name) =>
        new(StringComparer.Ordinal) { ["function"] = name };
}
