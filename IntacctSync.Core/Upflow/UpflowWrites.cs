using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow;

/// <summary>Calls that write to Upflow, as <see cref="AppWriter"/> takes them.</summary>
internal static class UpflowWrites
{
    /// <summary>What a person calls the system.</summary>
    public const string App = "Upflow";

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
                return new AppAnswer.Refused(UpflowFailures.Of(e));
            }
        };
}
