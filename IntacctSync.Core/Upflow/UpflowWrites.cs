using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow;

/// <summary>Calls that write to Upflow, as <see cref="AppWriter"/> takes them.</summary>
internal static class UpflowWrites
{
    /// <summary>What a person calls the system.</summary>
    public const string App = "Upflow";

    /// <summary>
    /// How long after a lost answer a call is made again. It may be repeated, since an external id makes it come to the
    /// same; but one that is still under way must not land after a newer one. Upflow answers within seconds [assumed].
    /// </summary>
    public static readonly TimeSpan SettleAfter = TimeSpan.FromMinutes(2);

    public static RequestPriority PriorityOf(RecordWork work) =>
        work.Bulk ? RequestPriority.Bulk : RequestPriority.Live;

    /// <summary>The call, with what it throws turned into the answer that it means.</summary>
    /// <param name="call">Gives the id of what was made where the answer names one.</param>
    public static Func<CancellationToken, Task<AppAnswer>> Answering(Func<CancellationToken, Task<string?>> call) =>
        async cancellationToken =>
        {
            try
            {
                return new AppAnswer.Done(await call(cancellationToken));
            }
            catch (UpflowException e) when (e.OutcomeUnknown)
            {
                return new AppAnswer.Unknown(e.Message);
            }
            catch (UpflowException e)
            {
                return new AppAnswer.Refused(UpflowFailures.Of(e), WasSent: e.Status is not null);
            }
        };

    /// <summary>Carries out writes, as many at the same time as Upflow advises, and takes over what became of
    /// them.</summary>
    public static async Task WriteAllAsync(
        this AppWriter writer,
        RecordPass pass,
        IReadOnlyList<AppWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new WriteOutcome?[writes.Count];
        await Parallel.ForAsync(
            0,
            writes.Count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = UpflowClient.MostAtOnce,
                CancellationToken = cancellationToken,
            },
            async (i, token) => outcomes[i] = await writer.WriteAsync(pass.Batch.Connection, writes[i], token)
        );
        pass.Take(outcomes.OfType<WriteOutcome>());
    }
}
