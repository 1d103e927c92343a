using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Two records in Zuper have the name or the address of one customer, and come at different times. The first one must
/// not take it as a matter of course.
/// </summary>
public class Namesakes_never_take_each_others_customer : CustomerRoadTest
{
    [Fact]
    public async Task The_first_of_two_organizations_with_one_address_waits_for_a_person()
    {
        AddCustomer("C-1", "Harbor Dental Group", email: "pm@manager.example");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Email });
        var harbor = Unseen(() => MakeOrganization("Harbor Dental Group", Addressed));
        var pine = MakeOrganization("Pine Street Bakery", Addressed);
        await RestAsync();

        var problem = (await EntryAsync(pine)).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(harbor, problem!.Message, StringComparison.Ordinal);
        Assert.Equal("Harbor Dental Group", Assert.Single(Customers)["NAME"]);

        await LinkAsync(ZuperFlows.Organizations, harbor, "C-1");
        await RetryAsync(pine);
        Assert.Equal(("C-1", 2), (SageId(harbor), Customers.Count));
        Assert.Equal(RecordState.Synced, (await EntryAsync(pine)).State);
        Assert.Contains(
            (await EntryAsync(pine)).Timeline,
            t => t.What == "namesake" && t.Detail.Contains("C-1", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_many_find_their_customers_the_lists_are_read_once_and_a_namesake_is_met_all_the_same()
    {
        var (names, later) = (Names(1), Names(101));
        foreach (var (i, name) in names.Concat(later).Index())
            AddCustomer($"C-{i}", name);
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var namesake = Unseen(() => MakeOrganization(names[3]));
        var uids = names.ConvertAll(name => MakeOrganization(name));
        var (listed, searched) = (0, 0);
        Wire.Refuse = request =>
        {
            if (Searches(request))
                searched++;
            else if (Lists(request))
                listed++;
            return null;
        };
        await RestAsync();

        var problem = (await EntryAsync(uids[3])).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(namesake, problem!.Message, StringComparison.Ordinal);
        foreach (var uid in uids.Where(u => u != uids[3]))
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal((1, 0), (listed, searched));

        // Kept for those that come soon after.
        uids = later.ConvertAll(name => MakeOrganization(name));
        await RestAsync();
        Assert.Equal(24, Customers.Count);
        foreach (var uid in uids)
            Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Equal((1, 0), (listed, searched));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_many_are_found_by_their_addresses_a_namesake_in_the_lists_is_met(bool persons)
    {
        foreach (var i in Enumerable.Range(1, 12))
            AddCustomer($"C-{i}", $"Customer {i}", email: $"ap{i}@manager.example");
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Email });
        var namesake = Unseen(() => Make(4, " AP4@manager.example"));
        var uids = Enumerable.Range(1, 12).Select(i => Make(i, $"ap{i}@manager.example")).ToList();
        var searched = 0;
        Wire.Refuse = request =>
        {
            if (request.RequestUri!.Query.Contains("filter.keyword", StringComparison.Ordinal))
                searched++;
            return null;
        };
        await RestAsync();

        var problem = (await RowAsync(uids[3])).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(namesake, problem!.Message, StringComparison.Ordinal);
        foreach (var uid in uids.Where(u => u != uids[3]))
            Assert.NotNull((await RowAsync(uid)).TargetId);
        Assert.Equal((12, 0), (Customers.Count, searched));

        string Make(int i, string email) =>
            persons
                ? MakeCustomer("Ines", $"Roy {i}", change: c => c["customer_email"] = email)
                : MakeOrganization($"Organization {i}", o => o["organization_email"] = email);

        Task<Core.KeyMap.KeyMapEntry> RowAsync(string uid) => persons ? OwnEntryAsync(uid) : EntryAsync(uid);
    }

    [Fact]
    public async Task What_is_new_is_added_to_the_lists_and_they_are_read_anew_once_they_are_ten_minutes_old()
    {
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var listed = 0;
        Wire.Refuse = request =>
        {
            if (Lists(request))
                listed++;
            return null;
        };
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        var account = (await Process.Get<Core.Apps.ConnectionAccessSource>().GetAsync(connection, Forever)).Zuper();
        var lists = Process.Get<NamesakeLists>();
        var first = Unseen(() => MakeOrganization("Harbor Dental Group"));
        Assert.Equal([first], await OfAsync());
        var second = Unseen(() => MakeOrganization("Harbor Dental Group"));
        Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal([.. new[] { first, second }.Order(StringComparer.Ordinal)], await OfAsync());
        Assert.Equal(1, listed);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([.. new[] { first, second }.Order(StringComparer.Ordinal)], await OfAsync());
        Assert.Equal(2, listed);

        async Task<IEnumerable<string>> OfAsync() =>
            (await lists.OfAsync(connection, account, Forever))
                .Of(MatchKind.Name, " harbor dental  group")
                .Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_made_or_renamed_since_the_lists_were_read_is_met_as_well(bool made)
    {
        var names = Enumerable.Range(1, 24).Select(i => $"Harbor Dental Group {i}").ToList();
        foreach (var (i, name) in names.Index())
            AddCustomer($"C-{i}", name);
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var namesake = made ? "" : Unseen(() => MakeOrganization("Pine Street Bakery"));
        var lists = 0;
        Wire.Refuse = request =>
        {
            if (
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.EndsWith("/organization", StringComparison.Ordinal)
                && request.RequestUri.Query.Contains("page=1&count=1000&", StringComparison.Ordinal)
                && !request.RequestUri.Query.Contains("updated_at", StringComparison.Ordinal)
            )
                lists++;
            return null;
        };
        var first = names.Take(12).Select(name => MakeOrganization(name)).ToList();
        await RestAsync();
        Assert.All(first, uid => Assert.NotNull(SageId(uid)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        if (made)
            namesake = Unseen(() => MakeOrganization(names[15]));
        else
            Unseen(() => Zuper.Screens.Edit(namesake, o => o["organization_name"] = names[15]));
        var uids = names.Skip(12).Select(name => MakeOrganization(name)).ToList();
        await RestAsync();

        var problem = (await EntryAsync(uids[3])).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(namesake, problem!.Message, StringComparison.Ordinal);
        Assert.Equal(1, lists);
    }

    [Fact]
    public async Task One_that_is_written_in_another_Unicode_form_is_met()
    {
        AddCustomer("C-1", "Müller");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var namesake = Unseen(() => MakeOrganization("Mu\u0308ller"));
        var uid = MakeOrganization("Müller");
        await RestAsync();
        var problem = (await EntryAsync(uid)).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(namesake, problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out of use")]
    [InlineData("has another customer")]
    [InlineData("shows another customer")]
    [InlineData("is ignored")]
    [InlineData("has that in a longer name")]
    public async Task One_that_makes_no_claim_is_in_nobodys_way(string other)
    {
        AddCustomer("C-1", "Harbor Dental Group");
        AddCustomer("C-2", "Harbor Dental Group of the East");
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var name = other == "has that in a longer name" ? "Harbor Dental Group Two" : "Harbor Dental Group";
        var namesake = Unseen(() =>
            MakeOrganization(name, other == "shows another customer" ? WithField("Sage Customer ID", "C-2") : null)
        );
        switch (other)
        {
            case "out of use":
                Unseen(() => Zuper.Screens.Deactivate(namesake));
                break;
            case "has another customer":
                await LinkAsync(ZuperFlows.Organizations, namesake, "C-2");
                break;
            case "is ignored":
                var key = new SyncKey(Id, ZuperFlows.Organizations, namesake);
                await Process
                    .Get<Core.KeyMap.KeyMapStore>()
                    .SaveAsync(
                        [new Core.KeyMap.KeyMapEntry { Key = key }.Ignore(Clock.GetUtcNow(), "Ignored by hand.")],
                        Forever
                    );
                break;
        }

        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Equal("C-1", SageId(uid));
    }

    [Fact]
    public async Task Two_persons_of_one_name_are_told_apart_by_a_person()
    {
        AddCustomer("C-1", "John Smith");
        await ConnectCustomersAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var one = Unseen(() => MakeCustomer("John", "Smith"));
        var two = MakeCustomer("John", "Smith");
        await RestAsync();
        var problem = (await OwnEntryAsync(two)).Problem;
        Assert.Equal("customer-contested", problem?.Code);
        Assert.Contains(OwnCustomer.SourceId(one), problem!.Message, StringComparison.Ordinal);
        Assert.Single(Customers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task While_Zuper_can_not_be_asked_nothing_is_adopted(int count)
    {
        var names = Names(1)[..count];
        foreach (var (i, name) in names.Index())
            AddCustomer($"C-{i}", name);
        await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
        var asked = 0;
        Wire.Refuse = request =>
        {
            if (!Searches(request) && !Lists(request))
                return null;
            if (count == 1 ? Searches(request) : Lists(request))
                asked++;
            return System.Net.HttpStatusCode.ServiceUnavailable;
        };
        var uids = names.ConvertAll(name => MakeOrganization(name));
        await RestAsync(TimeSpan.FromMinutes(1));
        Assert.True(asked > 0);
        foreach (var uid in uids)
            Assert.Null((await EntryAsync(uid)).TargetId);

        Wire.Refuse = null;
        await RestAsync();
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"C-{i}"), uids.Select(SageId));
    }

    /// <summary>Twelve: more than are asked about one by one.</summary>
    private static List<string> Names(int first) =>
        [.. Enumerable.Range(first, 12).Select(i => $"Harbor Dental Group {i}")];

    private static bool Searches(HttpRequestMessage request) =>
        request.RequestUri!.Query.Contains("filter.keyword", StringComparison.Ordinal);

    /// <summary>
    /// Whether it asks for the first page of all organizations, and not only of those that have changed.
    /// </summary>
    private static bool Lists(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        && request.RequestUri!.AbsolutePath.EndsWith("/organization", StringComparison.Ordinal)
        && request.RequestUri.Query.Contains("page=1&", StringComparison.Ordinal)
        && !request.RequestUri.Query.Contains("updated_at", StringComparison.Ordinal)
        && !Searches(request);

    private static void Addressed(System.Text.Json.Nodes.JsonObject organization) =>
        organization["organization_email"] = "pm@manager.example";

    /// <summary>Something that a person does in Zuper before the sync hears of anything there.</summary>
    private T Unseen<T>(Func<T> act)
    {
        Zuper.WebhooksEnabled = false;
        var done = act();
        Zuper.WebhooksEnabled = true;
        return done;
    }

    private void Unseen(Action act) =>
        Unseen(() =>
        {
            act();
            return 0;
        });

    private async Task RetryAsync(string uid)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Organizations, uid, Forever);
        await RestAsync();
    }
}
