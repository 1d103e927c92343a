using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Review;

/// <summary>
/// A comparison of many records. INTACCTSYNC_COMPARED says how many; 100,000 take a minute or two, most of it to fill
/// the store.
/// </summary>
public sealed class FlowReconcilerTests : IAsyncLifetime
{
    private static readonly int Count = int.TryParse(
        Environment.GetEnvironmentVariable("INTACCTSYNC_COMPARED"),
        CultureInfo.InvariantCulture,
        out var count
    )
        ? count
        : 2_000;

    private readonly StoreStand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Many_records_are_compared_in_little_memory_and_each_difference_is_found_once()
    {
        var keyMap = new KeyMapStore(_stand.Table);
        for (var first = 0; first < Count; first += 500)
            await keyMap.SaveAsync(
                [.. Enumerable.Range(first, Math.Min(500, Count - first)).Select(Linked)],
                CancellationToken.None
            );
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var differences = new List<RecordDifference>();
        var reconciler = new FlowReconciler(
            new Many(),
            Some.Scope(),
            new Names("Zuper", "Intacct"),
            keyMap,
            read => read(),
            (_, _) => Task.CompletedTask
        );

        await reconciler.RunAsync(
            found =>
            {
                differences.AddRange(found);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(reconciler);
        Assert.True(used < 300L * 1024 * 1024, $"It holds {used / 1024 / 1024} MB for {Count} records.");
        Assert.Equal(Count / 1000, differences.Count);
        Assert.All(differences, d => Assert.Equal("total", d.Field));
        Assert.Equal((Count, Count - (Count / 1000)), (reconciler.Counts.Linked, reconciler.Counts.Equal));
        Assert.Equal(Count, reconciler.Sums.Sum(s => s.SourceCount));
    }

    private static KeyMapEntry Linked(int i) =>
        (
            new KeyMapEntry
            {
                Key = new SyncKey(Some.ConnectionId, ZuperFlows.Invoices, $"i-{i}"),
                TargetId = $"{i}",
                Title = $"INV-{i}",
            }
        ).Sync(Some.Now, "created", $"{i}");

    /// <summary>As many on both sides; each thousandth has another total at the target.</summary>
    private sealed class Many : IFlowComparison
    {
        public FlowName Flow => ZuperFlows.Invoices;

        public IReadOnlyList<string> Fields { get; } = ["customer", "date", "dueDate", "total", "state"];

        public IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(ComparedScope scope, CancellationToken ct) =>
            PagesAsync(1000, i => Of($"i-{i}", i, 0), ct);

        public IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(ComparedScope scope, CancellationToken ct) =>
            PagesAsync(2000, i => Of($"{i}", i, i % 1000 == 999 ? 1 : 0), ct);

        public Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
            Task.FromResult<ComparedRecord?>(null);

        public Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
            ComparedScope scope,
            IReadOnlyCollection<string> sourceIds,
            CancellationToken ct
        ) =>
            Task.FromResult<IReadOnlyDictionary<string, ComparedRecord>>(
                new Dictionary<string, ComparedRecord>(StringComparer.Ordinal)
            );

        public Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
            ComparedScope scope,
            IReadOnlyCollection<KeyMapEntry> entries,
            CancellationToken ct
        ) =>
            Task.FromResult<IReadOnlyDictionary<string, ComparedRecord>>(
                new Dictionary<string, ComparedRecord>(StringComparer.Ordinal)
            );

        private static async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> PagesAsync(
            int size,
            Func<int, ComparedRecord> make,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            for (var first = 0; first < Count; first += size)
            {
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
                yield return [.. Enumerable.Range(first, Math.Min(size, Count - first)).Select(make)];
            }
        }

        private static ComparedRecord Of(string id, int i, decimal more)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(i % 31);
            var total = (i % 977) + 0.5m + more;
            return new ComparedRecord(
                id,
                $"INV-{i}",
                [
                    $"Z{i % 5000}",
                    ComparedRecord.Text(day),
                    ComparedRecord.Text(day.AddDays(30)),
                    ComparedRecord.Text(total),
                    "in the books",
                ]
            )
            {
                Date = day,
                Amount = total,
                Lines =
                [
                    .. Enumerable
                        .Range(0, 3)
                        .Select(n => new ComparedLine($"Visit {i % 9000}, {n}", $"SVC-{i % 40}", total / 3)),
                ],
            };
        }
    }
}
