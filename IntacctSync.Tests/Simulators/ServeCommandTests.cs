using System.Net;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Simulators;

public sealed class ServeCommandTests
{
    [Theory]
    [InlineData("intacct")]
    [InlineData("zuper")]
    [InlineData("upflow")]
    public async Task The_address_that_is_told_first_opens_in_a_browser(string name)
    {
        var verb = SimulatorVerb.All.Single(v => v.Name == name);
        await using var running = await SimulatorHost.StartAsync(
            verb.Make(new SimulatorStart(false, true), TimeProvider.System),
            0,
            CancellationToken.None
        );
        var told = ServeCommand.Told(verb, running).ToList();
        var first = new Uri(told[0][$"{name} simulator: ".Length..]);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, first);
        using var answer = await client.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"for programs, {verb.Description}: {running.Endpoint}", told[2], StringComparison.Ordinal);
    }
}
