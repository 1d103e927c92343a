using System.Globalization;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Simulators.Zuper;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Zuper.Client;

/// <summary>The client as it is registered, against the simulator with what it refuses when it is strict.</summary>
public sealed class ZuperAgainstSimulatorTests
{
    [Fact]
    public async Task A_region_is_found_a_key_is_probed_and_a_wrong_one_is_refused()
    {
        await using var zuper = await ServedZuper.StartAsync();
        await using var provider = Provider(zuper);
        var client = provider.GetRequiredService<ZuperClient>();
        Assert.Equal(
            zuper.Address.Authority,
            (await client.LookUpRegionAsync("sandbox", CancellationToken.None)).Authority
        );
        await client.ProbeAsync(Account(zuper), CancellationToken.None);
        await Refused(ZuperFailure.NotFound, () => client.LookUpRegionAsync("nobody", CancellationToken.None));
        await Refused(
            ZuperFailure.KeyRejected,
            () => client.ProbeAsync(new ZuperAccount(zuper.Address, "wrong"), CancellationToken.None)
        );
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 121)]
    public async Task Many_are_read_by_uid_with_their_custom_fields_whether_or_not_rows_carry_them(
        bool rowsCarryFields,
        int requests
    )
    {
        await using var zuper = await ServedZuper.StartAsync(
            new ZuperSimulatorOptions { ListRowsCarryCustomFields = rowsCarryFields, RequestsPerMinute = 0 }
        );
        await using var provider = Provider(zuper);
        var client = provider.GetRequiredService<ZuperClient>();
        var uids = new List<string>();
        for (var i = 0; i < 120; i++)
            uids.Add(await zuper.OrganizationAsync(string.Create(CultureInfo.InvariantCulture, $"Company {i}")));
        await client.PatchCustomFieldsAsync(
            Account(zuper),
            ZuperModule.Organization,
            uids[7],
            [new("Sage Customer ID", "C-7")],
            RequestPriority.Live,
            CancellationToken.None
        );
        var before = zuper.Simulator.Counters.Requests;
        var found = await client.GetOrganizationsAsync(
            Account(zuper),
            uids,
            RequestPriority.Live,
            CancellationToken.None
        );
        Assert.Equal(120, found.Count);
        Assert.Equal("C-7", found[uids[7]].CustomField("Sage Customer ID"));
        Assert.Equal(requests, zuper.Simulator.Counters.Requests - before);
    }

    [Fact]
    public async Task All_pages_of_a_window_are_read()
    {
        await using var zuper = await ServedZuper.StartAsync();
        await using var provider = Provider(zuper);
        var uids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 105; i++)
            uids.Add(await zuper.OrganizationAsync(string.Create(CultureInfo.InvariantCulture, $"Company {i}")));
        var window = new ZuperWindow(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await foreach (
            var page in provider
                .GetRequiredService<ZuperClient>()
                .ReadOrganizationsAsync(
                    Account(zuper),
                    window,
                    deleted: false,
                    RequestPriority.Live,
                    CancellationToken.None
                )
        )
            Assert.All(page.Items, organization => Assert.True(uids.Remove(organization.Uid)));
        Assert.Empty(uids);
    }

    private static async Task Refused(ZuperFailure expected, Func<Task> call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<ZuperException>(call)).Failure);

    private static ZuperAccount Account(ServedZuper zuper) => new(zuper.Address, "sandbox-zuper-key");

    private static ServiceProvider Provider(ServedZuper zuper) =>
        new ServiceCollection()
            .AddZuperClient()
            .Configure<ZuperOptions>(options =>
                (options.AllowedHosts, options.AccountsEndpoint) = (zuper.Address.Host, zuper.Address.AbsoluteUri)
            )
            .BuildServiceProvider();
}
