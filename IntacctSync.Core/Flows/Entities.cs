using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Flows;

/// <summary>
/// Whether Intacct's user may see some entities of the company only. That one record is shown then says nothing of
/// another, which may be of an entity that was taken from the user.
/// </summary>
internal static class Entities
{
    /// <summary>
    /// True where the company has entities, or does not say. The call costs no transaction
    /// (<see cref="RequestReport"/>).
    /// </summary>
    public static async Task<bool> MayHideAsync(
        IntacctClient intacct,
        FlowBatch batch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var setup = await intacct.GetFinancialSetupAsync(batch.Access.Intacct, cancellationToken);
            return setup?.MultiEntity ?? true;
        }
        catch (IntacctException e) when (e.Classified.Class is FailureClass.Data or FailureClass.Unknown)
        {
            return true;
        }
    }
}
