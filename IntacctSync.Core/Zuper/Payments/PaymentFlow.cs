using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Intacct payments become payments on Zuper's invoices. Each step takes the payments that are still open, adds to
/// their works what it finds out, and ends those that are done or need something else first.
/// </summary>
public sealed class PaymentFlow(
    PaymentReader reader,
    PaymentOriginals originals,
    PaidInvoices invoices,
    PaymentWriter payments,
    AppWriter writer,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<PaymentFlow> logger
) : IRecordFlow
{
    private const int AtOnce = 8;

    public FlowName Name => ZuperFlows.Payments;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(
            batch,
            keyMap,
            time,
            logger,
            records => RunAsync(new PaymentPass(records), cancellationToken),
            cancellationToken
        );

    private async Task RunAsync(PaymentPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass.Records, ZuperWrites.App, null, cancellationToken);
        await pass.Records.LeaveIgnoredAsync(cancellationToken);
        await reader.ReadAsync(pass, cancellationToken);
        Decide(pass);
        await originals.SendForAsync(pass, cancellationToken);
        await EndSkippedAsync(pass, cancellationToken);
        await invoices.FindAsync(pass, cancellationToken);
        await EndUnchangedAsync(pass, cancellationToken);
        await WriteAsync(pass, cancellationToken);
    }

    private static void Decide(PaymentPass pass)
    {
        var startDate = pass.Batch.Connection.StartDate();
        foreach (var work in pass.Open)
        {
            var title = work.Payment is null ? "" : IntacctText.Cut(work.Payment.Title, 100);
            work.Entry = pass.Records.Titled(work.SourceId, title, null, FactsOf(work.Payment)) with
            {
                WriteBack = WriteBack.None,
            };
            work.Decision = PaymentDecision.For(
                work.Entry,
                work.Payment,
                work.Applications,
                work.Currencies,
                startDate,
                work.Record.Requested,
                work.IsSaidDeleted
            );
        }
    }

    private static RecordFacts? FactsOf(PaymentRecord? payment) =>
        payment is null
            ? null
            : new RecordFacts(
                payment.TrxTotalEntered ?? payment.TotalEntered,
                payment.Currency,
                payment.ReceiptDate ?? payment.WhenPaid,
                payment.CustomerName ?? payment.CustomerId
            );

    /// <summary>Ends the payments for which nothing is to be done in Zuper.</summary>
    private static Task EndSkippedAsync(PaymentPass pass, CancellationToken cancellationToken) =>
        pass.Records.SaveFinalAsync(
            [
                .. pass
                    .Open.Where(w => w.Decision is PaymentDecision.Skip)
                    .Select(w => w.Entry.Skip(pass.Now, ((PaymentDecision.Skip)w.Decision!).Reason)),
            ],
            cancellationToken
        );

    /// <summary>Ends the payments that stand in Zuper as they are to.</summary>
    private static Task EndUnchangedAsync(PaymentPass pass, CancellationToken cancellationToken) =>
        pass.Records.SaveFinalAsync(
            [.. pass.Open.Where(IsUnchanged).Select(w => w.Entry.Sync(pass.Now, "unchanged", "Both sides are equal."))],
            cancellationToken
        );

    /// <summary>
    /// A payment that a person asks for is never taken for unchanged: somebody may have voided it in Zuper. Nor is one
    /// that stands on another Zuper invoice than the one that its invoice in Intacct is linked to now.
    /// </summary>
    private static bool IsUnchanged(PaymentWork work) =>
        work is { Shown: ShownDetails.All, Record.Requested: false, Held: null, Rest: null, Hash: not null }
        && work.Entry.Hash == work.Hash
        && PaymentPart.StandAs(work.Entry, work.Sums!.ByInvoice);

    /// <summary>
    /// Records and voids payments side by side. Two payments on the same invoice never go at once, since each looks at
    /// what is due there.
    /// </summary>
    private async Task WriteAsync(PaymentPass pass, CancellationToken cancellationToken)
    {
        if (pass.Shadow)
        {
            await pass.Records.SaveShadowAsync(
                [
                    .. pass.Open.Select(w =>
                        w.Entry.Skip(
                            pass.Now,
                            $"{RecordPass.ShadowMode} would record it on {w.Sums!.ByInvoice.Count} invoices."
                        )
                    ),
                ],
                cancellationToken
            );
            return;
        }

        var due = pass.Open;
        while (due.Count > 0)
        {
            var wave = Wave(due);
            due = [.. due.Except(wave)];
            var outcomes = new WriteOutcome[wave.Count];
            await Parallel.ForAsync(
                0,
                wave.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, token) => outcomes[i] = await payments.WriteAsync(pass.Batch, wave[i], token)
            );
            pass.Records.Take(outcomes);

            // A payment that failed keeps what it learned on the way: a settled intent, a sum that stands.
            await pass.Records.SaveAsync(
                [.. outcomes.Where(o => o.Failure is { Class: FailureClass.Data }).Select(o => o.Entry)],
                CancellationToken.None
            );
            await pass.Records.SaveFinalAsync(
                [
                    .. wave.Zip(outcomes)
                        .Where(w => w.Second.Failure is null)
                        .Select(w => Ended(w.First, w.Second.Entry, pass.Now)),
                ],
                CancellationToken.None
            );
        }
    }

    /// <summary>
    /// The payments that go next, none of which shares an invoice with another. A payment that has to wait for the next
    /// wave also holds back the later payments of its invoices, so that each invoice gets its payments in order. Pure.
    /// </summary>
    private static List<PaymentWork> Wave(IReadOnlyList<PaymentWork> due)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var wave = new List<PaymentWork>();
        foreach (var work in due)
        {
            var invoices = work.Sums!.ByInvoice.Keys.Concat(PaymentPart.Of(work.Entry).Select(p => p.Invoice)).ToList();
            if (!taken.Overlaps(invoices))
                wave.Add(work);
            taken.UnionWith(invoices);
        }

        return wave;
    }

    private static KeyMapEntry Ended(PaymentWork work, KeyMapEntry entry, DateTimeOffset now) =>
        (entry with { Hash = work.Hash }).Sync(
            now,
            "carriedOver",
            string.Join(
                ' ',
                [
                    $"It stands on {PaymentPart.Of(entry).Count(p => p.Stands)} of Zuper's invoices.",
                    .. work.Sums!.LeftOut,
                ]
            )
        );
}
