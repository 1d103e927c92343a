using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>Reads a pass's payments and what they paid back from Intacct: one query for each.</summary>
public sealed class PaymentReader(IntacctClient intacct)
{
    /// <summary>
    /// Of the fields of ARPYMTDETAIL only those that sums are made of: one that a company does not have would fail the
    /// query.
    /// </summary>
    private static readonly string[] ApplicationFields =
    [
        "RECORDNO",
        "PAYMENTKEY",
        "RECORDKEY",
        "POSADJKEY",
        "STATE",
        "CURRENCY",
        "PAYMENTAMOUNT",
        "TRX_PAYMENTAMOUNT",
        "ADVANCEKEY",
        "POSTEDADVANCEKEY",
        "POSTEDADVANCEAMOUNT",
        "TRX_POSTEDADVANCEAMOUNT",
        "OVERPAYMENTKEY",
        "POSTEDOVERPAYMENTKEY",
        "POSTEDOVERPAYMENTAMOUNT",
        "TRX_POSTEDOVERPAYMENTAMOUNT",
    ];

    /// <summary>From how many on recorded payments that are gone together are doubted.</summary>
    private const int ManyGone = 3;

    /// <summary>
    /// The payments by RECORDNO; one that Intacct does not have is not among them. A record that can't be read ends.
    /// </summary>
    internal async Task<(
        IReadOnlyDictionary<string, PaymentRecord> Payments,
        ILookup<string, PaymentApplication> Applications
    )> ReadAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var payments = new Dictionary<string, PaymentRecord>(StringComparer.Ordinal);
        var applications = new List<PaymentApplication>();
        var wanted = pass.Open.Select(w => w.SourceId).ToList();
        if (wanted.Count > 0)
        {
            await ReadAsync(
                pass,
                new IntacctQuery("ARPYMT", PaymentRecord.Fields) { Filter = QueryFilter.In("RECORDNO", wanted) },
                "RECORDNO",
                r => payments[r["RECORDNO"]!] = PaymentRecord.Read(r),
                cancellationToken
            );
            await ConfirmAsync(pass, wanted, payments, cancellationToken);
            Doubt(pass, wanted, payments);
        }

        if (payments.Count > 0)
            await ReadAsync(
                pass,
                new IntacctQuery("ARPYMTDETAIL", ApplicationFields)
                {
                    Filter = QueryFilter.In("PAYMENTKEY", [.. payments.Keys]),
                },
                "PAYMENTKEY",
                r => applications.Add(PaymentApplication.Read(r)),
                cancellationToken
            );
        return (payments, applications.ToLookup(a => a.PaymentKey!, StringComparer.Ordinal));
    }

    /// <summary>
    /// A query may be behind, or answer less than there is; what it does not show of recorded payments is read by key,
    /// which is not delayed.
    /// </summary>
    private async Task ConfirmAsync(
        RecordPass pass,
        List<string> wanted,
        Dictionary<string, PaymentRecord> payments,
        CancellationToken cancellationToken
    )
    {
        var unseen = wanted.Where(id => pass[id].TargetId is not null && !payments.ContainsKey(id)).ToList();
        if (unseen.Count == 0)
            return;
        foreach (
            var row in await intacct.ReadAsync(
                pass.Batch.Access.Intacct,
                "ARPYMT",
                unseen,
                PaymentRecord.Fields,
                cancellationToken
            )
        )
            Take(pass, row, "RECORDNO", r => payments[r["RECORDNO"]!] = PaymentRecord.Read(r));
    }

    private async Task ReadAsync(
        RecordPass pass,
        IntacctQuery query,
        string ownerField,
        Action<IntacctRecord> take,
        CancellationToken cancellationToken
    )
    {
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            Take(pass, row, ownerField, take);
    }

    private static void Take(RecordPass pass, IntacctRecord row, string ownerField, Action<IntacctRecord> take)
    {
        if (row[ownerField] is not { } owner)
            return;
        try
        {
            take(row);
        }
        catch (FormatException e)
        {
            // An amount that can't be read is never taken for nothing.
            pass.Fail(
                owner,
                new Failure(
                    FailureClass.Data,
                    new Problem("payment-unreadable", e.Message, "Correct the payment in Intacct, then retry.")
                )
            );
        }
    }

    /// <summary>
    /// Submitted payments can't be deleted. When several that were recorded are gone and none is there, it is rather
    /// the user's view that has changed: nothing is voided for that.
    /// </summary>
    private static void Doubt(RecordPass pass, List<string> wanted, Dictionary<string, PaymentRecord> payments)
    {
        var gone = wanted.Where(id => pass[id].TargetId is not null && !payments.ContainsKey(id)).ToList();
        if (gone.Count < ManyGone || gone.Count < wanted.Count)
            return;
        foreach (var id in gone)
        {
            pass.Fail(
                id,
                new Failure(
                    FailureClass.Data,
                    new Problem(
                        "intacct-records-missing",
                        $"None of {gone.Count} recorded payments that were asked for is shown by Intacct.",
                        "Check that the connection's company, entity and user still see these payments, then retry."
                    )
                )
            );
        }
    }
}
