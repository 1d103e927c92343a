using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;

namespace IntacctSync.Tests.Web;

public sealed class PurgeTests : ApiTest
{
    [Fact]
    public async Task While_a_worker_is_at_the_company_nothing_is_purged_and_the_caller_is_asked_to_come_again()
    {
        (await PutAsync()).Is(201);
        var company = (
            await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("acme"), CancellationToken.None)
        )!.Company;
        await using (await Get<CompanyLeases>().TryAcquireAsync(company, CancellationToken.None))
            Assert.NotNull((await CallAsync("DELETE", "/api/connections/acme?purge=true")).Is(503).Headers.RetryAfter);
        Assert.Equal("false", (await CallAsync("GET", "/api/connections/acme"))["active"]);
        (await CallAsync("DELETE", "/api/connections/acme?purge=true")).Is(204);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
    }
}
