using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>Which sums of a payment are to be on invoices, from its row and what Intacct says of it now.</summary>
internal abstract record PaymentDecision
{
    private static readonly Dictionary<string, decimal> Nothing = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Problem> None = new(StringComparer.Ordinal);

    private PaymentDecision() { }

    /// <summary>Nothing is to be done, and nothing is recorded.</summary>
    public sealed record Skip(string Reason) : PaymentDecision;

    /// <summary>These sums are to be recorded on these invoices, by RECORDNO, and nothing on any other.</summary>
    /// <param name="Held">Why sums that are recorded already may not be voided; null where they may.</param>
    /// <param name="Early">Why it is left alone as long as none of its invoices is linked; null where it is
    /// not.</param>
    public sealed record CarryOver(
        IReadOnlyDictionary<string, decimal> ByInvoice,
        Problem? Held = null,
        string? Early = null
    ) : PaymentDecision
    {
        /// <summary>The invoices, by RECORDNO, whose sum a person must tell, if they are of Zuper.</summary>
        public IReadOnlyDictionary<string, Problem> Unclear { get; init; } = None;

        /// <summary>All invoices that it pays, by RECORDNO.</summary>
        public IEnumerable<string> Invoices => ByInvoice.Keys.Concat(Unclear.Keys);
    }

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="payment">As Intacct has it; null when Intacct has it no longer.</param>
    /// <param name="applications">What it paid.</param>
    /// <param name="currencies">Of the invoices that it paid, by RECORDNO.</param>
    /// <param name="startDate">Payments with an earlier date are left alone, unless they were recorded already or pay
    /// an invoice that is linked: what is due of that must be the same on both sides.</param>
    /// <param name="requested">Whether a person asked for it, so that its date does not matter.</param>
    /// <param name="knownDeleted">Whether Intacct's audit history says that it was deleted. A payment that is only not
    /// shown may still exist.</param>
    public static PaymentDecision For(
        KeyMapEntry entry,
        PaymentRecord? payment,
        IReadOnlyCollection<PaymentApplication> applications,
        IReadOnlyDictionary<string, InvoiceCurrencies> currencies,
        DateOnly startDate,
        bool requested,
        bool knownDeleted
    )
    {
        var recorded = entry.TargetId is not null;
        var state = payment is null ? PaymentState.Reversed : PaymentStates.Of(payment);
        var (byInvoice, unclear) = payment is null
            ? (Nothing, None)
            : PaymentMapper.Applied(payment, applications, currencies);
        return state switch
        {
            PaymentState.Reversal => new Skip("It is the reversal of another payment, which is voided itself."),
            PaymentState.Reversed when recorded && payment is null && !knownDeleted => new CarryOver(
                Nothing,
                Missing(entry)
            ),
            PaymentState.Complete when recorded && applications.Count == 0 => new CarryOver(
                Nothing,
                WithoutDetails(entry)
            ),
            PaymentState.Complete when recorded => new CarryOver(byInvoice) { Unclear = unclear },
            PaymentState.Unsettled or PaymentState.Unknown when recorded => new CarryOver(
                Nothing,
                OfUnknownState(payment!)
            ),
            _ when recorded => new CarryOver(Nothing),
            PaymentState.Reversed => new Skip(
                payment is null
                    ? "It is deleted in Intacct and was never recorded."
                    : "It is reversed in Intacct and was never recorded."
            ),
            PaymentState.Draft => new Skip("It is a draft: nothing is paid yet."),
            PaymentState.Unsettled => new Skip(
                $"It is in the state '{payment!.DisplayState ?? payment.State}', which does not count yet."
            ),
            _ when byInvoice.Count + unclear.Count == 0 => new Skip("No money of it is applied to an invoice."),
            PaymentState.Unknown => new CarryOver(Nothing)
            {
                Unclear = byInvoice
                    .Keys.Concat(unclear.Keys)
                    .ToDictionary(i => i, _ => OfUnknownState(payment!), StringComparer.Ordinal),
            },
            _ when !requested && (payment!.ReceiptDate ?? payment.WhenPaid) is { } date && date < startDate =>
                new CarryOver(
                    byInvoice,
                    Early: string.Create(
                        CultureInfo.InvariantCulture,
                        $"It is dated {date:yyyy-MM-dd}, before the start of the connection on "
                            + $"{startDate:yyyy-MM-dd}, and pays no invoice that is linked."
                    )
                )
                {
                    Unclear = unclear,
                },
            _ => new CarryOver(byInvoice) { Unclear = unclear },
        };
    }

    private static Problem OfUnknownState(PaymentRecord payment) =>
        new(
            "payment-state-unknown",
            $"Payment {PaymentMapper.Title(payment)} (RECORDNO {payment.RecordNo}) is in the state "
                + $"'{payment.DisplayState ?? payment.State}' in Intacct, of which it is not known whether the payment "
                + $"counts.",
            "Look at the payment in Intacct. If it no longer counts, void it in Zuper by hand where it stands, and "
                + "ignore it; if it does, complete it in Intacct, then retry."
        );

    private static Problem Missing(KeyMapEntry entry) =>
        new(
            "payment-missing",
            $"Payment {entry.Title} (RECORDNO {entry.Key.SourceId}) stands in Zuper and is not shown by "
                + $"Intacct, whose audit history does not tell that it was deleted.",
            "Check that the connection's user still sees the payment, then retry. If it is deleted, void it in "
                + "Zuper by hand, then retry."
        );

    private static Problem WithoutDetails(KeyMapEntry entry) =>
        new(
            "payment-details-missing",
            $"Payment {entry.Title} (RECORDNO {entry.Key.SourceId}) stands in Zuper and counts in Intacct, "
                + $"which shows no invoice any more that it is applied to.",
            "Look at the payment in Intacct, then retry. If it is no longer applied, void it in Zuper by hand, "
                + "then retry."
        );
}
