using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Puts the original of a reversal on the queue, so that it is voided in Zuper. No documentation says that Intacct
/// marks the original as changed, too.
/// </summary>
public sealed class PaymentOriginals(KeyMapStore keyMap, PaymentEnvelopes envelopes)
{
    internal async Task SendForAsync(PaymentPass pass, CancellationToken cancellationToken)
    {
        var reversals = pass
            .Open.Select(w => w.Payment)
            .OfType<PaymentRecord>()
            .Where(p =>
                p.ParentPaymentKey is not null && PaymentStates.Of(p) is PaymentState.Reversal or PaymentState.Reversed
            )
            .ToList();
        if (reversals.Count == 0)
            return;
        var connection = pass.Batch.Connection;
        var originals = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Payments,
            [.. reversals.Select(r => r.ParentPaymentKey!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        await envelopes.SendAsync(
            connection,
            [
                .. reversals
                    .Where(r => MayStand(originals[r.ParentPaymentKey!]))
                    .Select(r =>
                        (r.ParentPaymentKey!, EventIds.Reversed(connection.Id, r.ParentPaymentKey!, r.RecordNo))
                    ),
            ],
            cancellationToken
        );
    }

    /// <summary>Whether something of it may stand in Zuper, known or in doubt. Pure.</summary>
    private static bool MayStand(KeyMapEntry original) =>
        original is { Stored: not null } && (original.TargetId ?? original.Intent?.NaturalKey) is not null;
}
