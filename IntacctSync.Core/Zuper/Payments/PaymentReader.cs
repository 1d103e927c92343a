using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Reads the payments of a pass and what they pay from Intacct: one query for all payments, one for all that they pay.
/// What a query leaves out, and matters, is read by its key.
/// </summary>
public sealed class PaymentReader(IntacctClient intacct, WholePayments whole)
{
    /// <summary>
    /// Only the fields of ARPYMTDETAIL that the sums are made of: a field that a company does not have would fail the
    /// query.
    /// </summary>
    internal static readonly string[] ApplicationFields =
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

    private static readonly string[] CurrencyFields = ["RECORDNO", "CURRENCY", "BASECURR"];

    /// <summary>Keys in one condition of a query.</summary>
    private const int KeysAtOnce = 500;

    /// <summary>
    /// Gives each record its payment, and what it pays. Null stays where Intacct does not show the payment, and that is
    /// believed (<see cref="AbsenceVerdict"/>); a record that can't be read ends.
    /// </summary>
    internal async Task ReadAsync(PaymentPass pass, CancellationToken cancellationToken)
    {
        var works = pass.Open;
        if (works.Count == 0)
            return;
        var payments = new Dictionary<string, PaymentRecord>(StringComparer.Ordinal);
        var applications = new List<PaymentApplication>();
        await ReadAsync(
            pass,
            new IntacctQuery("ARPYMT", PaymentRecord.Fields)
            {
                Filter = QueryFilter.In("RECORDNO", [.. works.Select(w => w.SourceId)]),
            },
            "RECORDNO",
            r => payments[r["RECORDNO"]!] = PaymentRecord.Read(r),
            cancellationToken
        );
        await ConfirmAsync(pass, works, payments, cancellationToken);
        await AbsentRecords
            .OfIntacct(pass.Records, intacct)
            .JudgeAsync(
                [.. works.Where(w => !w.IsSaidDeleted).Select(w => w.Record)],
                payments.ContainsKey,
                static _ => "ARPYMT",
                (others, token) => ShowsAnyAsync(pass, others, token),
                mayStand: null,
                cancellationToken
            );
        if (payments.Count > 0)
            await ReadAsync(
                pass,
                new IntacctQuery(PaymentApplication.Object, ApplicationFields)
                {
                    Filter = QueryFilter.In("PAYMENTKEY", [.. payments.Keys]),
                },
                "PAYMENTKEY",
                r => applications.Add(PaymentApplication.Read(r)),
                cancellationToken
            );
        var currencies = await CurrenciesAsync(
            intacct,
            pass.Batch.Access.Intacct,
            payments.Values,
            applications,
            cancellationToken
        );
        var applied = applications.ToLookup(a => a.PaymentKey!, StringComparer.Ordinal);
        var shown = await whole.JudgeAsync(
            pass.Batch.Access.Intacct,
            [.. payments.Values.Where(p => pass.Records.IsOpen(p.RecordNo))],
            applied,
            cancellationToken
        );
        foreach (var work in works)
        {
            work.Payment = payments.GetValueOrDefault(work.SourceId);
            work.Applications = [.. applied[work.SourceId]];
            work.Shown = shown.GetValueOrDefault(work.SourceId);
            work.Currencies = currencies;
        }
    }

    /// <summary>
    /// The currencies of what is paid, by queries of many; what those leave out is read by key, which is not delayed. A
    /// company with a single currency names none on its payments, and is not asked.
    /// </summary>
    /// <returns>By RECORDNO of the invoice, without those that Intacct does not show.</returns>
    internal static async Task<IReadOnlyDictionary<string, InvoiceCurrencies>> CurrenciesAsync(
        IntacctClient intacct,
        IntacctCredentials credentials,
        IEnumerable<PaymentRecord> payments,
        IEnumerable<PaymentApplication> applications,
        CancellationToken cancellationToken
    )
    {
        var currencies = new Dictionary<string, InvoiceCurrencies>(StringComparer.Ordinal);
        var named = payments
            .Where(p => p.Currency is not null)
            .Select(p => p.RecordNo)
            .ToHashSet(StringComparer.Ordinal);
        var paid = applications
            .Where(a => a.Currency is not null || (a.PaymentKey is { } key && named.Contains(key)))
            .Select(a => a.RecordKey)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        foreach (var keys in paid.Chunk(KeysAtOnce))
        {
            var query = new IntacctQuery("ARINVOICE", CurrencyFields) { Filter = QueryFilter.In("RECORDNO", keys) };
            await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
                Take(row);
            string[] unseen = [.. keys.Where(key => !currencies.ContainsKey(key))];
            if (unseen.Length == 0)
                continue;
            foreach (
                var row in await intacct.ReadAsync(credentials, "ARINVOICE", unseen, CurrencyFields, cancellationToken)
            )
                Take(row);
        }

        return currencies;

        void Take(IntacctRecord row)
        {
            if (row["RECORDNO"] is { } recordNo)
                currencies[recordNo] = new InvoiceCurrencies(row["CURRENCY"], row["BASECURR"]);
        }
    }

    /// <summary>
    /// A query may show a payment late, or not at all. A recorded payment that it does not show is therefore read by
    /// key, which is not delayed.
    /// </summary>
    private async Task ConfirmAsync(
        PaymentPass pass,
        IReadOnlyList<PaymentWork> works,
        Dictionary<string, PaymentRecord> payments,
        CancellationToken cancellationToken
    )
    {
        var unseen = Gone(works, payments);
        if (unseen.Count == 0)
            return;
        foreach (
            var row in await intacct.ReadAsync(
                pass.Batch.Access.Intacct,
                "ARPYMT",
                [.. unseen.Select(w => w.SourceId)],
                PaymentRecord.Fields,
                cancellationToken
            )
        )
            Take(pass, row, "RECORDNO", r => payments[r["RECORDNO"]!] = PaymentRecord.Read(r));
    }

    private async Task ReadAsync(
        PaymentPass pass,
        IntacctQuery query,
        string ownerField,
        Action<IntacctRecord> take,
        CancellationToken cancellationToken
    )
    {
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            Take(pass, row, ownerField, take);
    }

    private static void Take(PaymentPass pass, IntacctRecord row, string ownerField, Action<IntacctRecord> take)
    {
        if (row[ownerField] is not { } owner)
            return;
        try
        {
            take(row);
        }
        catch (FormatException e)
        {
            // An amount that can't be read is never taken for zero.
            pass.Records.Fail(
                owner,
                new Failure(
                    FailureClass.Data,
                    new Problem("payment-unreadable", e.Message, "Correct the payment in Intacct, then retry.")
                )
            );
        }
    }

    private async Task<bool> ShowsAnyAsync(
        PaymentPass pass,
        IReadOnlyList<string> recordNos,
        CancellationToken cancellationToken
    ) =>
        (await intacct.ReadAsync(pass.Batch.Access.Intacct, "ARPYMT", recordNos, ["RECORDNO"], cancellationToken)).Count
        > 0;

    private static List<PaymentWork> Gone(
        IReadOnlyList<PaymentWork> works,
        Dictionary<string, PaymentRecord> payments
    ) => [.. works.Where(w => w.Entry.TargetId is not null && !payments.ContainsKey(w.SourceId))];
}
