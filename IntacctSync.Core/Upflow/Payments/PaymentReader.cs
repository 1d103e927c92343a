using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Reads the payments and advances of a pass, and what they gave to receivables, from Intacct: one query for each
/// object. What a list has just brought of a payment that nobody has looked at is not read again.
/// </summary>
public sealed class PaymentReader(IntacctClient intacct, AppliedMoney money)
{
    internal const string Payments = "ARPYMT";
    private const string Advances = "ARADVANCE";

    private static readonly string[] AdvanceFields =
    [
        "RECORDNO",
        "RECORDID",
        "STATE",
        "PAYMENTMETHOD",
        "CUSTOMERID",
        "DOCNUMBER",
        "DESCRIPTION",
        "RECEIPTDATE",
        "CURRENCY",
        "TOTALENTERED",
        "TRX_TOTALENTERED",
        "PARENTPAYMENT",
        "WHENMODIFIED",
    ];

    /// <summary>The states in which an advance counts (developer.intacct.com, AR Advances).</summary>
    private static readonly HashSet<string> AdvanceCounts = new(
        ["Posted", "Partially applied", "Fully applied", "Selected", "Reconciled"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// What Intacct shows of the records of a pass. A record that can't be read ends, and so does one that is not
    /// shown, unless it is believed to be deleted (<see cref="AbsenceVerdict"/>).
    /// </summary>
    internal async Task<PaymentReading> ReadAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var reading = new PaymentReading();
        var works = pass.Open.ToList();
        if (works.Count == 0)
            return reading;
        var carried = works
            .Where(w => w is { FreshSnapshot: not null, Entry.MissingSince: null })
            .Where(w => ObjectOf(w.SourceId) == Payments)
            .Where(w => TakeCarried(pass, reading, w.SourceId, w.FreshSnapshot!))
            .Select(w => w.SourceId)
            .ToHashSet(StringComparer.Ordinal);
        await ReadHeadsAsync(
            pass,
            reading,
            [.. works.Select(w => w.SourceId).Where(id => !carried.Contains(id))],
            cancellationToken
        );
        await ConfirmAsync(pass, reading, works, cancellationToken);
        await AbsentRecords
            .OfIntacct(pass, intacct)
            .JudgeAsync(
                [.. works.Where(w => !carried.Contains(w.SourceId) && !w.IsSaidDeleted(pass[w.SourceId]))],
                reading.Payments.ContainsKey,
                ObjectOf,
                (others, token) => ShowsAnyAsync(pass, others, token),
                StandingLookup.MayStand,
                cancellationToken
            );
        await ReadDetailsAsync(
            pass,
            reading,
            [.. reading.Payments.Keys.Where(id => ObjectOf(id) == Payments && !carried.Contains(id))],
            cancellationToken
        );
        await money.AddToAsync(pass, reading, cancellationToken);
        await ReadReversalsAsync(pass, reading, Payments, "PARENTPAYMENTKEY", cancellationToken);
        await ReadReversalsAsync(pass, reading, Advances, "PARENTPAYMENT", cancellationToken);
        return reading;
    }

    /// <summary>
    /// The currencies of receivables and credits, read by key; empty for the company's own. One that Intacct does not
    /// show is not among them.
    /// </summary>
    internal async Task<IReadOnlyDictionary<ParentKey, string>> CurrenciesAsync(
        RecordPass pass,
        IReadOnlyCollection<ParentKey> records,
        CancellationToken cancellationToken
    )
    {
        var currencies = new Dictionary<ParentKey, string>();
        foreach (
            var kind in records.GroupBy(
                r => r.Flow == UpflowFlows.Payments ? ObjectOf(r.SourceId) : Receivable.ObjectOf(r.SourceId),
                StringComparer.Ordinal
            )
        )
        {
            var byNumber = kind.ToLookup(r => RecordNoOf(r.SourceId), StringComparer.Ordinal);
            foreach (
                var row in await ReadAsync(
                    pass,
                    kind.Key,
                    [.. kind.Select(r => r.SourceId)],
                    ["RECORDNO", "CURRENCY"],
                    cancellationToken
                )
            )
            {
                foreach (var record in row["RECORDNO"] is { } recordNo ? byNumber[recordNo] : [])
                    currencies[record] = row["CURRENCY"]?.Trim() ?? "";
            }
        }

        return currencies;
    }

    private async Task ReadHeadsAsync(
        RecordPass pass,
        PaymentReading reading,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var kind in sourceIds.GroupBy(ObjectOf, StringComparer.Ordinal))
        {
            var query = new IntacctQuery(kind.Key, FieldsOf(kind.Key))
            {
                Filter = QueryFilter.In("RECORDNO", [.. kind.Select(RecordNoOf)]),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                TakeHead(pass, reading, kind.Key, row);
        }
    }

    /// <summary>
    /// A query may show a record late, or not at all. One that stands in Upflow and is not shown is therefore read by
    /// key, which is not delayed.
    /// </summary>
    private async Task ConfirmAsync(
        RecordPass pass,
        PaymentReading reading,
        IReadOnlyList<RecordWork> works,
        CancellationToken cancellationToken
    )
    {
        var unseen = works
            .Where(w => pass[w.SourceId].Parts is { Length: > 0 } && !reading.Payments.ContainsKey(w.SourceId))
            .Select(w => w.SourceId);
        foreach (var kind in unseen.GroupBy(ObjectOf, StringComparer.Ordinal))
        {
            foreach (var row in await ReadAsync(pass, kind.Key, [.. kind], FieldsOf(kind.Key), cancellationToken))
                TakeHead(pass, reading, kind.Key, row);
        }
    }

    /// <summary>A payment with its details, as a list has just brought them.</summary>
    /// <remarks>
    /// Of a payment that applied credits, the money is what was given, what is left, and what other payments applied of
    /// it. Those must be read at the same time: what is left may become less without any change that a poll sees.
    /// </remarks>
    /// <returns>False for one that is to be read.</returns>
    private static bool TakeCarried(RecordPass pass, PaymentReading reading, string sourceId, string snapshot)
    {
        var (head, details) = RowSnapshot.Read(Payments, PaymentApplication.Object, snapshot);
        List<PaymentApplication> applications;
        try
        {
            applications = [.. details.Select(PaymentApplication.Read)];
        }
        catch (FormatException)
        {
            return false;
        }

        var parts = AppliedPart.Of(applications);
        if (PaymentFacts.AppliesCredits(parts) || (PaymentFacts.IsMixed(parts) && HasRest(head)))
            return false;
        TakeHead(pass, reading, Payments, head);
        foreach (var application in applications)
            reading.Add(sourceId, application);
        return true;
    }

    /// <summary>Whether some of it is left, or that can't be read.</summary>
    private static bool HasRest(IntacctRecord head)
    {
        try
        {
            return PaymentRecord.Read(head) is not { } payment || (payment.TrxTotalDue ?? payment.TotalDue ?? 0) != 0;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private async Task ReadDetailsAsync(
        RecordPass pass,
        PaymentReading reading,
        IReadOnlyList<string> payments,
        CancellationToken cancellationToken
    )
    {
        if (payments.Count == 0)
            return;
        var query = new IntacctQuery(PaymentApplication.Object, PaymentApplication.Fields)
        {
            Filter = QueryFilter.In("PAYMENTKEY", payments),
        };
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
        {
            if (row["PAYMENTKEY"] is { } owner)
                Guarded(pass, owner, () => reading.Add(owner, PaymentApplication.Read(row)));
        }
    }

    /// <summary>When the reversed ones were reversed: it stands in their reversals only.</summary>
    private async Task ReadReversalsAsync(
        RecordPass pass,
        PaymentReading reading,
        string objectName,
        string parentField,
        CancellationToken cancellationToken
    )
    {
        var reversed = reading
            .Payments.Where(p => PaymentStates.Of(p.Value) == PaymentState.Reversed && ObjectOf(p.Key) == objectName)
            .Select(p => p.Value.RecordNo)
            .ToList();
        if (reversed.Count == 0)
            return;
        var query = new IntacctQuery(objectName, ["RECORDNO", parentField, "RECEIPTDATE"])
        {
            Filter = QueryFilter.In(parentField, reversed),
        };
        await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
        {
            if (row[parentField] is { } original)
                Guarded(
                    pass,
                    IdOf(objectName, original),
                    () => reading.ReversedOn[IdOf(objectName, original)] = row.Date("RECEIPTDATE")
                );
        }
    }

    private static void TakeHead(RecordPass pass, PaymentReading reading, string objectName, IntacctRecord row)
    {
        if (row["RECORDNO"] is not { } recordNo)
            return;
        var id = IdOf(objectName, recordNo);
        Guarded(
            pass,
            id,
            () =>
            {
                var payment = PaymentRecord.Read(row);
                reading.Payments[id] = objectName == Payments ? payment : AsPayment(payment, row);
            }
        );
    }

    /// <summary>An advance in the words of a payment.</summary>
    internal static PaymentRecord AsPayment(PaymentRecord advance, IntacctRecord row) =>
        advance with
        {
            DisplayState =
                advance.State is { } state && AdvanceCounts.Contains(state.Trim()) ? "Complete" : advance.State,
            ParentPaymentKey = row["PARENTPAYMENT"],
            RecordType = null,
        };

    /// <summary>An amount that can't be read is never taken for zero.</summary>
    internal static void Guarded(RecordPass pass, string sourceId, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException e)
        {
            pass.Fail(
                sourceId,
                new Failure(
                    FailureClass.Data,
                    new Problem("payment-unreadable", e.Message, "Correct the payment in Intacct, then retry.")
                )
            );
        }
    }

    private async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var kind in sourceIds.GroupBy(ObjectOf, StringComparer.Ordinal))
        {
            if ((await ReadAsync(pass, kind.Key, [.. kind], ["RECORDNO"], cancellationToken)).Count > 0)
                return true;
        }

        return false;
    }

    private Task<IReadOnlyList<IntacctRecord>> ReadAsync(
        RecordPass pass,
        string objectName,
        IReadOnlyList<string> sourceIds,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken
    ) =>
        intacct.ReadAsync(
            pass.Batch.Access.Intacct,
            objectName,
            [.. sourceIds.Select(RecordNoOf)],
            fields,
            cancellationToken
        );

    private static string IdOf(string objectName, string recordNo) =>
        objectName == Payments ? recordNo : UpflowIds.Of(objectName, recordNo);

    internal static string ObjectOf(string sourceId) => UpflowIds.Parse(sourceId)?.Object ?? Payments;

    private static string RecordNoOf(string sourceId) => UpflowIds.Parse(sourceId)?.RecordNo ?? sourceId;

    internal static IReadOnlyList<string> FieldsOf(string objectName) =>
        objectName == Advances ? AdvanceFields : PaymentRecord.Fields;
}
