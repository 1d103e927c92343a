using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Reads the Zuper customers that invoices are for, many at once.</summary>
internal sealed class InvoiceCustomerReader(ZuperClient zuper, KeyMapStore keyMap)
{
    private const int Others = 3;

    /// <summary>
    /// Gives the invoices their Zuper customers. An invoice whose customer can't be read ends, and so does one whose
    /// customer Zuper does not show, until that may be believed (<see cref="AbsenceVerdict"/>): the customer then stays
    /// null. A customer whose contact is in a contact list is not waited for.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="works">Invoices that name a customer.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ReadAsync(InvoicePass pass, IReadOnlyList<InvoiceWork> works, CancellationToken cancellationToken)
    {
        if (works.Count == 0)
            return;
        IReadOnlyDictionary<string, ZuperCustomer> found;
        try
        {
            found = await zuper.GetCustomersAsync(
                pass.Batch.Access.Zuper(),
                [.. works.Select(w => w.Invoice!.CustomerUid!).Distinct(StringComparer.Ordinal)],
                pass.Priority,
                cancellationToken
            );
        }
        catch (ZuperPartialReadException<ZuperCustomer> e)
        {
            found = e.Found;
            foreach (var work in works)
            {
                var uid = work.Invoice!.CustomerUid!;
                if (!e.Found.ContainsKey(uid) && !e.Missing.Contains(uid))
                    work.Fail(Failures.Of(e.CauseOf(uid)));
            }
        }

        foreach (var work in works)
            work.ZuperCustomer = found.GetValueOrDefault(work.Invoice!.CustomerUid!);
        await JudgeAsync(
            pass,
            [.. works.Where(w => w is { IsOpen: true, ZuperCustomer: null })],
            found,
            cancellationToken
        );
    }

    private async Task JudgeAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> unseen,
        IReadOnlyDictionary<string, ZuperCustomer> found,
        CancellationToken cancellationToken
    )
    {
        if (unseen.Count == 0)
            return;
        var contacts = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            ZuperFlows.Customers,
            [.. unseen.Select(w => w.Invoice!.CustomerUid!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        bool? others = found.Count > 0 ? true : null;
        foreach (var work in unseen.Where(w => contacts[w.Invoice!.CustomerUid!].AttachedTo is null))
        {
            var customer = new ParentKey(ZuperFlows.Customers, work.Invoice!.CustomerUid!);
            var entry = Missing(pass, work, customer);
            pass.Records.Put(entry);
            var missingFor = pass.Records.Passed(entry.MissingSince!.Value);
            if (missingFor >= AbsenceVerdict.Apart)
                others ??= await OthersShownAsync(pass, contacts, cancellationToken);
            var verdict = AbsenceVerdict.For(linked: true, work.Record.Requested, missingFor, others == true);
            if (verdict is AbsenceVerdict.LookAgain again)
                work.Fail(new Failure(FailureClass.Throttled, NotShown, again.After));
        }
    }

    /// <summary>
    /// The invoice's row with the customer that is waited for and since when it is missing. A time that was noted for
    /// something else, or that lies ahead, does not count.
    /// </summary>
    private static KeyMapEntry Missing(InvoicePass pass, InvoiceWork work, ParentKey customer)
    {
        var before = work.Record.Entry;
        var since = before.WaitsFor == customer.ToString() ? before.MissingSince : null;
        return pass.Records[work.SourceId] with
        {
            WaitsFor = customer.ToString(),
            MissingSince = AbsenceVerdict.Since(since, before.MissedAt, pass.Now),
            MissedAt = pass.Now,
        };
    }

    private async Task<bool> OthersShownAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, KeyMapEntry> asked,
        CancellationToken cancellationToken
    )
    {
        var others = await keyMap.SomeSyncedAsync(
            pass.Batch.Connection.Id,
            ZuperFlows.Customers,
            uid => !asked.ContainsKey(uid),
            Others,
            cancellationToken
        );
        try
        {
            return others.Count > 0
                && (
                    await zuper.GetCustomersAsync(pass.Batch.Access.Zuper(), others, pass.Priority, cancellationToken)
                ).Count > 0;
        }
        catch (ZuperPartialReadException<ZuperCustomer> e)
        {
            return e.Found.Count > 0;
        }
        catch (ZuperException)
        {
            return false;
        }
    }

    private static Problem NotShown { get; } =
        new(
            "not-shown",
            "Zuper does not show the customer of the invoice. It may be deleted, or can't be seen yet: it is looked "
                + "for again.",
            "Nothing: it is looked for again by itself."
        );
}
