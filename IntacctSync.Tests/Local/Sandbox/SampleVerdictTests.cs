using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Sample;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Sandbox;

public sealed class SampleVerdictTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private readonly IntacctSimulator _intacct = new(new IntacctSimulatorOptions(), TimeProvider.System);
    private readonly ZuperSimulator _zuper = new(new ZuperSimulatorOptions { SampleData = true }, TimeProvider.System);

    private KeyMapStore KeyMap => new(_stand.Table);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _zuper.DisposeAsync();
        await _stand.DisposeAsync();
    }

    [Fact]
    public async Task Each_record_of_the_sample_that_never_arrived_is_named()
    {
        var differences = await DifferencesAsync();
        Assert.Equal(
            ZuperSample.Organizations.Count
                + ZuperSample.Customers.Count
                + ZuperSample.Invoices.Count
                + _intacct.Company.Records("ITEM").Count,
            differences.Count
        );
        Assert.Contains(
            differences,
            d =>
                d.Contains("Closed period", StringComparison.Ordinal)
                && d.EndsWith("is unknown, and is meant to be needsAction (period-closed).", StringComparison.Ordinal)
        );
        Assert.Contains(
            differences,
            d =>
                d.StartsWith("products/OLD-PUMP ", StringComparison.Ordinal)
                && d.EndsWith("is meant to be skipped.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_record_that_ended_as_meant_is_not_named_and_one_that_needs_action_for_another_cause_is()
    {
        var (synced, other) = (ZuperSample.InvoiceUidOf("February visit"), ZuperSample.InvoiceUidOf("Closed period"));
        var before = await DifferencesAsync();
        await KeyMap.SaveAsync(
            [
                Entry(synced).Sync(Some.Now, "created", "Done."),
                Entry(other).Need(Some.Now, Some.Problem("location-unknown")),
            ],
            CancellationToken.None
        );

        var after = await DifferencesAsync();
        Assert.Equal(before.Count - 1, after.Count);
        Assert.DoesNotContain(after, d => d.Contains(synced, StringComparison.Ordinal));
        Assert.Contains(
            after,
            d =>
                d.Contains(
                    "is needsAction (location-unknown), and is meant to be needsAction (period-closed).",
                    StringComparison.Ordinal
                )
        );
    }

    private Task<IReadOnlyList<string>> DifferencesAsync() =>
        new SampleVerdict(KeyMap).DifferencesAsync(
            Some.Connection(),
            _intacct,
            new SandboxAccountant(_intacct, _zuper),
            CancellationToken.None
        );

    private static KeyMapEntry Entry(string uid) =>
        new() { Key = new SyncKey(Some.ConnectionId, ZuperFlows.Invoices, uid) };
}
