using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Review;

public sealed class ComparedOnceTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private readonly ScriptedComparison _sides = new();
    private int _compared;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_record_that_both_sides_have_counts_once()
    {
        for (var i = 0; i < 5; i++)
        {
            await LinkAsync($"s-{i}", $"{i}");
            _sides.Source.Add(Of($"s-{i}"));
            _sides.Target.Add(Of($"{i}"));
        }

        // One whose source is of another day counts, too, and what nobody knows does not.
        await LinkAsync("s-other", "90");
        _sides.Target.Add(Of("90"));
        _sides.Unlisted.Add(Of("s-other"));
        _sides.Target.Add(Of("91"));

        var reconciler = await RunAsync();

        Assert.Equal(6, _compared);
        Assert.Equal(6, reconciler.Counts.Source);
    }

    [Fact]
    public async Task What_is_only_at_the_target_is_counted_and_the_first_two_hundred_are_named()
    {
        await LinkAsync("s-1", "Mixed-Case");
        _sides.Source.Add(Of("s-1"));
        _sides.Target.Add(Of("mixed-case"));
        await LinkAsync("s-2", "Gone");
        _sides.Target.Add(Of("gone"));
        for (var i = 0; i < 205; i++)
            _sides.Target.Add(Of($"o-{i}") with { Date = new DateOnly(2026, 1, 31), Amount = i, Currency = "USD" });

        var reconciler = await RunAsync();

        Assert.Equal((205, "Intacct"), (reconciler.Counts.OnlyAtTarget, reconciler.Counts.TargetSystem));
        Assert.Equal(200, reconciler.OnlyAtTarget.Count);
        Assert.Equal(
            new OnlyAtTargetRecord("invoices", "o-7", "Title of o-7", new DateOnly(2026, 1, 31), 7, "USD"),
            reconciler.OnlyAtTarget[7]
        );
    }

    private static ComparedRecord Of(string id) => new(id, $"Title of {id}", ["2026-01-31", "1.00", "in the books"]);

    private Task LinkAsync(string source, string target) =>
        new KeyMapStore(_stand.Table).SaveAsync(
            [
                (
                    new KeyMapEntry
                    {
                        Key = new SyncKey(Some.ConnectionId, ZuperFlows.Invoices, source),
                        TargetId = target,
                    }
                ).Sync(Some.Now, "created", target),
            ],
            CancellationToken.None
        );

    private async Task<FlowReconciler> RunAsync()
    {
        var reconciler = new FlowReconciler(
            _sides,
            Some.Scope(),
            new Names("Zuper", "Intacct"),
            new KeyMapStore(_stand.Table),
            read => read(),
            (compared, _) =>
            {
                _compared += compared;
                return Task.CompletedTask;
            }
        );
        await reconciler.RunAsync(_ => Task.CompletedTask, CancellationToken.None);
        return reconciler;
    }
}
