using IntacctSync.Core.Connections;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Settings_of_the_two_accounts_count : RoadTest
{
    [Theory]
    [InlineData("sender")]
    [InlineData("company")]
    [InlineData("user")]
    public async Task Each_part_of_the_sign_in_to_Intacct_is_sent(string wrong)
    {
        await ConnectAsync(s =>
            s with
            {
                Intacct = wrong switch
                {
                    "sender" => s.Intacct with { SenderId = "nobody" },
                    "company" => s.Intacct with { CompanyId = "nowhere" },
                    _ => s.Intacct with { UserId = "nobody" },
                },
            }
        );
        MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(Customers);
        Assert.NotNull((await ConnectionAsync()).Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Zupers_address_is_the_one_given_or_looked_up_by_the_companys_name(bool known)
    {
        await ConnectAsync(s =>
            s with
            {
                Zuper = s.Zuper with { ApiUrl = null, CompanyName = known ? "sandbox" : "nobody" },
            }
        );
        MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(known ? 1 : 0, Customers.Count);
    }

    [Fact]
    public async Task A_given_address_of_Zuper_needs_no_name()
    {
        await ConnectAsync(s => s with { Zuper = s.Zuper with { CompanyName = null } });
        MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Single(Customers);
    }

    [Fact]
    public async Task The_session_is_opened_in_the_entity()
    {
        await ConnectAsync(s => s with { Intacct = s.Intacct with { EntityId = "no-such-entity" } });
        MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(Customers);
    }

    [Fact]
    public async Task Organizations_are_left_alone_while_they_are_not_synced()
    {
        await ConnectAsync(s => s with { SyncOrganizations = false });
        MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(Customers);
    }
}
