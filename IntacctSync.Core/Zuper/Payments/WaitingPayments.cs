using IntacctSync.Core.Connections;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Sends for the payments that met an invoice before it was linked, once it is: nothing else would ever look at them
/// again. Which they are stands in their rows, so exactly those are sent for.
/// </summary>
public sealed class WaitingPayments(KeyMapStore keyMap, PaymentSender sender, TimeProvider time)
{
    /// <summary>
    /// Looks after the invoices of a batch. Safe to repeat; a delivery that is repeated after a crash makes good what
    /// it cut off.
    /// </summary>
    /// <param name="connection">Whose invoices.</param>
    /// <param name="before">Their rows before the batch.</param>
    /// <param name="repeated">Those whose events had been handled already.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    internal async Task SendForAsync(
        Connection connection,
        IReadOnlyCollection<KeyMapEntry> before,
        IReadOnlySet<string> repeated,
        CancellationToken cancellationToken
    )
    {
        var after = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Invoices,
            [.. before.Select(e => e.Key.SourceId)],
            cancellationToken
        );
        var linked = before
            .Where(e => IsNews(e, after[e.Key.SourceId]) || repeated.Contains(e.Key.SourceId))
            .Select(e => after[e.Key.SourceId])
            .Where(e => e.TargetId is not null);
        var waiting = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var invoice in linked)
        {
            foreach (var name in NamesOf(invoice))
            {
                foreach (
                    var payment in await keyMap.FindWaitingAsync(
                        connection.Id,
                        ZuperFlows.Payments,
                        name,
                        cancellationToken
                    )
                )
                    waiting[payment] = invoice.TargetId!;
            }
        }

        var now = time.GetUtcNow();
        await sender.SendAsync(
            connection,
            [.. waiting.Select(w => (w.Key, EventIds.InvoiceLinked(connection.Id, w.Key, w.Value, now)))],
            // A payment waits only where it was to be carried over, so its date is not looked at again.
            requested: true,
            cancellationToken
        );
    }

    /// <summary>A link by hand, and one that a crash cut off, are known by the id that is still due in Zuper.</summary>
    private static bool IsNews(KeyMapEntry before, KeyMapEntry after) =>
        before.TargetId != after.TargetId || before.WriteBack == WriteBack.Due;

    private static IEnumerable<string> NamesOf(KeyMapEntry invoice)
    {
        IEnumerable<string> names = invoice.NaturalKey is { } key ? BookedInvoice.NumbersIn(key) : [];
        return names
            .Append(invoice.TargetId)
            .Append(invoice.Title)
            .OfType<string>()
            .Where(n => n.Trim().Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
