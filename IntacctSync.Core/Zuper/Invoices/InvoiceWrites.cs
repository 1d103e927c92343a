using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Sends the planned reversals and updates together.</summary>
internal sealed class InvoiceWrites(IntacctWriter writer, IntacctClient intacct)
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
        var reversals = works.Where(w => w.Write!.Operation == Intent.Reverse).ToList();
        await InvoiceReversals.EndRefusedAsync(
            pass,
            intacct,
            [
                .. reversals
                    .Where(w => outcomes[w.SourceId].Failure is { Class: FailureClass.Data })
                    .Select(w => new RefusedReversal(
                        w,
                        outcomes[w.SourceId].Failure!.Problem,
                        outcomes[w.SourceId].Result?.Failure == IntacctFailure.PermissionDenied
                    )),
            ],
            cancellationToken
        );
        foreach (var work in reversals)
        {
            if (outcomes[work.SourceId].Failure is null && work.Write!.Hash == InvoiceHash.Replaced)
                MakeAnew(work);
        }
    }

    private static void MakeAnew(InvoiceWork work)
    {
        work.Decision = new InvoiceDecision.Create(work.Draft!);
        work.Context = work.Context! with { Number = work.NextNumber, ExternalId = work.NextExternalId };
    }
}
