using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Support;

/// <summary>A flow that keeps what it was given and does as the test says.</summary>
public sealed class StubFlow : IRecordFlow
{
    private int _running;

    public FlowName Name => ZuperFlows.Organizations;

    /// <summary>The records of each batch, in the order of the batches.</summary>
    public List<IReadOnlyList<string>> Batches { get; } = [];

    public int MostAtOnce { get; private set; }

    /// <summary>What becomes of a batch; done at once where the test says nothing.</summary>
    public Func<FlowBatch, CancellationToken, Task<IReadOnlyDictionary<string, Failure?>>> Run { get; set; } =
        (batch, _) => Task.FromResult(Done(batch));

    public static IReadOnlyDictionary<string, Failure?> Done(FlowBatch batch) =>
        batch.Records.ToDictionary(r => r.SourceId, Failure? (_) => null, StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, Failure?>> RunAsync(
        FlowBatch batch,
        CancellationToken cancellationToken
    )
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        lock (Batches)
            Batches.Add([.. batch.Records.Select(r => r.SourceId)]);
        try
        {
            return await Run(batch, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
