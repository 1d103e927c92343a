using IntacctSync.Core.Connections;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Puts payments on the queue that were read before their invoice was linked, once it is. Nothing else would look at
/// them again. Their rows name the invoices that they wait for.
/// </summary>
public sealed class WaitingPayments(KeyMapStore keyMap, NamedWaits waits)
{
    /// <summary>
    /// Sends the payments that wait for the invoices of a batch. It may be repeated: after a crash, the next delivery
    /// of the same envelopes does so.
    /// </summary>
    /// <param name="connection">Whose invoices.</param>
    /// <param name="before">Their rows before the batch.</param>
    /// <param name="repeated">The invoices whose events had been handled already.</param>
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
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var invoice in linked)
        {
            foreach (var name in NamesOf(invoice))
                targets[name] = invoice.TargetId!;
        }

        await waits.ReleaseAsync(
            connection,
            [ZuperFlows.Payments],
            targets.Keys,
            (payment, name, now) => EventIds.InvoiceLinked(connection.Id, payment.SourceId, targets[name], now),
            cancellationToken
        );
    }

    /// <summary>
    /// Whether an invoice was linked in this batch. One that a person linked before, or whose batch a crash cut off, is
    /// told by its write-back, which is still due.
    /// </summary>
    private static bool IsNews(KeyMapEntry before, KeyMapEntry after) =>
        before.TargetId != after.TargetId || before.WriteBack == WriteBack.Due;

    /// <summary>How payments may name an invoice: by its id or one of its numbers.</summary>
    internal static IEnumerable<string> NamesOf(KeyMapEntry invoice)
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
