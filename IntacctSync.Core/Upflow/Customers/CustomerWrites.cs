using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>
/// Writes customers with their contacts in one call. Where Upflow refuses that, the customer is written without them
/// and each by itself, so that a contact alone never holds up what the customer owes.
/// </summary>
public sealed class CustomerWrites(
    UpflowClient upflow,
    AppWriter writer,
    EmailHolders emails,
    CustomerParents customers,
    TimeProvider time
)
{
    internal async Task WriteAsync(
        RecordPass pass,
        IReadOnlyList<CustomerWrite> due,
        CancellationToken cancellationToken
    )
    {
        foreach (var write in due)
            await TellWantingAsync(pass, write, cancellationToken);
        await writer.WriteAllAsync(pass, [.. due.Select(d => Plan(pass, d))], cancellationToken);
    }

    private AppWrite Plan(RecordPass pass, CustomerWrite write)
    {
        var account = pass.Batch.Access.Upflow();
        var customer = write.Customer;
        var turn = new UpflowTurn(write.Work.SourceId, UpflowWrites.PriorityOf(write.Work));
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        var hasLanded = false;
        return new AppWrite(
            UpflowWrites.App,
            pass[write.Work.SourceId] with
            {
                // Of the calls of one write the first may land and a later one be refused: then it is written again.
                Hash = null,
                Parts = write.Before.Sending(write.After.Contacts.Keys).ToString(),
            },
            write.IsNew ? Intent.Create : Intent.Update,
            write.IsNew ? "create customer" : "update customer",
            customer.Body().ToJsonString(),
            write.Hash,
            customer.ExternalId,
            AnswerAsync,
            Landed
        )
        {
            SettleAfter = UpflowWrites.SettleAfter,
        };

        async Task<AppAnswer> AnswerAsync(CancellationToken cancellationToken) =>
            await UpflowWrites.Answering(SendAsync)(cancellationToken) is var answer
            && answer is AppAnswer.Refused refused
            && hasLanded
                ? refused with
                {
                    WasSent = true,
                }
                : answer;

        async Task<string?> SendAsync(CancellationToken cancellationToken)
        {
            UpflowRead answer;
            try
            {
                answer = await upflow.PutCustomerAsync(account, customer, true, turn, cancellationToken);
                hasLanded = true;
            }
            catch (UpflowException e) when (e.Failure == UpflowFailure.Rejected && customer.Contacts.Count > 0)
            {
                answer = await upflow.PutCustomerAsync(account, customer, false, turn, cancellationToken);
                hasLanded = true;
                await PutSinglyAsync(answer, cancellationToken);
            }

            var target = UpflowReference.TargetIdOf(answer, customer.ExternalId);
            foreach (var gone in write.Gone)
                await upflow.DeleteContactAsync(account, new UpflowReference(target), gone, turn, cancellationToken);
            return target;
        }

        async Task PutSinglyAsync(UpflowRead answer, CancellationToken cancellationToken)
        {
            var made = new UpflowReference(UpflowReference.TargetIdOf(answer, customer.ExternalId));
            foreach (var contact in customer.Contacts)
            {
                try
                {
                    await upflow.PutContactAsync(account, made, contact, turn, cancellationToken);
                }
                catch (UpflowException e) when (e.Failure == UpflowFailure.Rejected)
                {
                    left[contact.ExternalId] = e.Said;
                }
            }
        }

        KeyMapEntry Landed(KeyMapEntry row, string? target)
        {
            var story = write.Story(
                string.Join(
                    ' ',
                    left.Select(l => $"Upflow refused the contact {l.Key}: {l.Value}.")
                        .Prepend(write.IsNew ? "Made in Upflow." : "Changed in Upflow.")
                )
            );
            var kept = write.After.Contacts.Where(c => !left.ContainsKey(c.Key)).ToDictionary(StringComparer.Ordinal);
            return (
                write.Landed(row) with
                {
                    TargetId = target,
                    Parts = (write.After with { Contacts = kept }).ToString(),

                    // A contact that was refused is tried again with the next change.
                    Hash = write.Hash,
                }
            ).Sync(time.GetUtcNow(), write.IsNew ? "created" : "updated", story).Handled(write.Work.EventIds);
        }
    }

    /// <summary>
    /// Has the customers looked at that want an address which this one lets go of. They come behind this batch.
    /// </summary>
    private async Task TellWantingAsync(RecordPass pass, CustomerWrite write, CancellationToken cancellationToken)
    {
        foreach (var hash in write.Before.Contacts.Values.Where(h => !write.After.Holds(h)))
        {
            var wanting = await emails.WantingAsync(
                pass.Batch.Connection.Id,
                write.Work.SourceId,
                hash,
                cancellationToken
            );
            await customers.LookAtAsync(pass, write.Work, wanting, $"email-{hash}", cancellationToken);
        }
    }
}
