using IntacctSync.Core.Intacct;
using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Intacct;

/// <summary>The real client over a scripted far end and a clock that stands still.</summary>
internal sealed class IntacctStand : IDisposable
{
    public IntacctStand(IntacctOptions? options = null)
    {
        Options = options ?? new IntacctOptions();
        Client = new IntacctClient(
            new StubClients(Gateway),
            Microsoft.Extensions.Options.Options.Create(Options),
            new RemotePipelines(Clock, NullLogger<RemotePipelines>.Instance),
            new CountingIds(),
            Clock,
            Log
        );
    }

    public IntacctOptions Options { get; }

    public StubHandler Gateway { get; } = new();

    public TestClock Clock { get; } = new();

    public CollectingLogger<IntacctClient> Log { get; } = new();

    public IntacctClient Client { get; }

    /// <summary>The login succeeds.</summary>
    public IntacctStand LoggedIn(
        string sessionId = Some.SessionId,
        string endpoint = "https://na12.intacct.com/ia/xml/xmlgw.phtml",
        string? timeout = "2026-03-02T11:00:00+00:00"
    )
    {
        Gateway.Then((request, _) => Answers.LoginAsync(request, sessionId, endpoint, timeout));
        return this;
    }

    public Task<IntacctException> FailureAsync(params IntacctFunction[] functions) =>
        Assert.ThrowsAsync<IntacctException>(() =>
            Client.SendAsync(
                Some.IntacctCredentials(),
                functions.Length == 0 ? [Some.CreateFunction()] : functions,
                uniqueId: true,
                CancellationToken.None
            )
        );

    public void Dispose() => Gateway.Dispose();
}
