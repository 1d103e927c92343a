using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Sends the planned reversals and updates together.</summary>
internal sealed class InvoiceWrites(IntacctWriter writer)
{
    /// <summary>Sends them; an invoice that was reversed to be made anew is from then on one to create.</summary>
    public async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.Open.Where(w => w.Write is not null).ToList();
        if (works.Count == 0)
            return;
        if (pass.Shadow)
        {
            await pass.EndInShadowAsync(works, static w => $"{w.Write!.Operation} the invoice", cancellationToken);
            return;
        }

        var outcomes = await writer.WriteAsync(
            pass.Batch,
            pass.Target,
            [.. works.Select(w => w.Write!)],
            cancellationToken
        );
        pass.Records.Take(outcomes.Values);
        var gone = works.Where(w => IsGone(w.Write!, outcomes[w.SourceId])).ToList();
        await InvoiceReversals.EndGoneAsync(pass, gone, cancellationToken);
        foreach (var work in works.Except(gone).Where(w => w.Write!.Operation == Intent.Reverse))
        {
            if (outcomes[work.SourceId].Failure is { Class: FailureClass.Data } refused)
                work.Fail(InvoiceReversals.Refused(refused.Problem, work.Entry.Title));
            else if (outcomes[work.SourceId].Failure is null && work.Write!.Hash == InvoiceHash.Replaced)
                MakeAnew(work);
        }
    }

    /// <summary>Whether Intacct refused a reversal because it has nothing to reverse. Pure.</summary>
    internal static bool IsGone(PlannedWrite write, WriteOutcome outcome) =>
        write is { Operation: Intent.Reverse, Hash: InvoiceHash.Reversed }
        && outcome.Result?.Failure == IntacctFailure.NotFound;

    private static void MakeAnew(InvoiceWork work)
    {
        work.Decision = new InvoiceDecision.Create(work.Draft!);
        work.Context = work.Context! with { Number = work.NextNumber, ExternalId = work.NextExternalId };
    }
}
