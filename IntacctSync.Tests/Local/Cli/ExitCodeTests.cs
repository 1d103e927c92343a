using System.Net;

namespace IntacctSync.Tests.Local.Cli;

public sealed class ExitCodeTests
{
    private const string Problem = "application/problem+json";

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, 2)]
    [InlineData(HttpStatusCode.NotFound, 2)]
    [InlineData(HttpStatusCode.Conflict, 1)]
    [InlineData(HttpStatusCode.InternalServerError, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1)]
    public async Task How_things_stand_needs_a_person_and_how_it_was_asked_is_used_wrongly(
        HttpStatusCode status,
        int code
    )
    {
        using var host = new StubHost(_ => (status, Problem, """{"detail": "Intacct refuses the user."}"""));
        foreach (
            var verb in new string[][]
            {
                ["explain", "INV-7", "--flow", "invoices"],
                ["link", "INV-7", "C-1", "--flow", "invoices"],
                ["mail", "test"],
                ["webhooks", "register"],
                ["sync", "--flow", "invoices"],
                ["preview"],
                ["reconcile"],
                ["rebuild", "--replace"],
            }
        )
        {
            var (ended, _, errors) = await host.RunAsync(verb);
            Assert.Equal((code, "Intacct refuses the user."), (ended, errors.Trim()));
        }
    }

    [Fact]
    public async Task A_rebuild_that_could_be_done_with_another_option_is_used_wrongly()
    {
        using var host = new StubHost(_ => (HttpStatusCode.Conflict, Problem, """{"detail": "They are linked."}"""));
        Assert.Equal(2, (await host.RunAsync("rebuild")).Code);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Another_program_at_the_address_is_no_host(HttpStatusCode status)
    {
        using var host = new StubHost(_ => (status, "text/html", "<html>another program</html>"));
        var (code, _, errors) = await host.RunAsync("status");
        Assert.Equal(3, code);
        Assert.Contains(
            "does not answer as IntacctSync does",
            errors.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
    }
}
