using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper;

/// <summary>Calls that write to Zuper, as <see cref="AppWriter"/> takes them.</summary>
internal static class ZuperWrites
{
    /// <summary>What a person calls the system.</summary>
    public const string App = "Zuper";

    /// <summary>The call, with what it throws turned into the answer that it means.</summary>
    /// <param name="call">Gives the id of what was made where the answer names one.</param>
    public static Func<CancellationToken, Task<AppAnswer>> Answering(Func<CancellationToken, Task<string?>> call) =>
        async cancellationToken =>
        {
            try
            {
                return new AppAnswer.Done(await call(cancellationToken));
            }
            catch (ZuperException e) when (e.OutcomeUnknown)
            {
                return new AppAnswer.Unknown(e.Message);
            }
            catch (ZuperException e)
            {
                return new AppAnswer.Refused(ZuperFailures.Of(e), WasSent: e.Status is not null);
            }
        };
}
