using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// Receipts whose posting or reversal had no answer and is not found in Intacct. The payment may have been paid back,
/// moved or entered by hand since it was sent, so they are decided anew. What is posted then goes out under the same
/// control id. Anything else waits while the payment may be in Intacct and not be shown yet.
/// </summary>
internal static class DoubtfulReceipts
{
    /// <summary>Lets go what surely was not carried out.</summary>
    /// <returns>The others, by id.</returns>
    public static IReadOnlySet<string> LetGo(RecordPass pass)
    {
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in pass.Open.Select(w => pass[w.SourceId]).Where(e => e.Intent is not null).ToList())
        {
            if (entry.Intent is { Operation: Intent.Create } sent && pass.Passed(sent.At) < WriteOutcomes.ShownWithin)
                doubtful.Add(entry.Key.SourceId);
            else
                pass.Put(WriteOutcomes.LetGo(entry, pass.Now));
        }

        return doubtful;
    }

    /// <summary>Ends those that are not posted again now; they stay in doubt.</summary>
    /// <param name="pass">Whose records.</param>
    /// <param name="doubtful">The receipts in doubt, by id.</param>
    /// <param name="decisions">What is to be done for each.</param>
    /// <param name="lookAgain">When they are looked up again.</param>
    public static void Hold(
        RecordPass pass,
        IReadOnlySet<string> doubtful,
        Dictionary<string, ReceiptDecision> decisions,
        TimeSpan lookAgain
    )
    {
        foreach (var id in doubtful.Where(id => pass[id].Intent is not null))
        {
            if (pass.IsOpen(id) && decisions.GetValueOrDefault(id) is ReceiptDecision.Post)
            {
                pass.Put(WriteOutcomes.LetGo(pass[id], pass.Now));
            }
            else if (pass.Failures[id]?.Class is null or FailureClass.Data or FailureClass.Throttled)
            {
                // Nobody was asked about the payments that it may be, so a retry does not say that it is none of them.
                pass.Put(ReceiptNames.AskedAbout(pass[id], []));
                pass.Fail(id, WriteOutcomes.InDoubt(lookAgain));
            }
        }
    }
}
