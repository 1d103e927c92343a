using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Review;

/// <summary>Two sides that a test writes down.</summary>
internal sealed class ScriptedComparison : IFlowComparison
{
    public FlowName Flow => ZuperFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } = ["date", "total", "state"];

    public HashSet<string> StayAsAdopted { get; } = new(StringComparer.Ordinal);

    public bool StaysAsAdopted(string field) => StayAsAdopted.Contains(field);

    /// <summary>What the source lists.</summary>
    public List<ComparedRecord> Source { get; } = [];

    /// <summary>What it shows only to who asks for it.</summary>
    public List<ComparedRecord> Unlisted { get; } = [];

    public List<ComparedRecord> Target { get; } = [];

    /// <summary>Counterparts that are in no list.</summary>
    public List<ComparedRecord> TargetUnlisted { get; } = [];

    /// <summary>How often sources were looked up.</summary>
    public int LookUps { get; private set; }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.Yield();
        yield return Source;
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.Yield();
        yield return Target;
    }

    public Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        Task.FromResult(Source.Concat(Unlisted).FirstOrDefault(r => r.Id == sourceId));

    public Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        LookUps++;
        return Task.FromResult<IReadOnlyDictionary<string, ComparedRecord>>(
            Unlisted.Where(r => sourceIds.Contains(r.Id)).ToDictionary(r => r.Id, r => r, StringComparer.Ordinal)
        );
    }

    public Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    ) =>
        Task.FromResult<IReadOnlyDictionary<string, ComparedRecord>>(
            entries
                .Where(e => TargetUnlisted.Exists(t => t.Id == e.TargetId))
                .ToDictionary(
                    e => e.Key.SourceId,
                    e => TargetUnlisted.First(t => t.Id == e.TargetId),
                    StringComparer.Ordinal
                )
        );
}
