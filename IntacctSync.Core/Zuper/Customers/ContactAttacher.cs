using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>
/// Adds contacts to their customers' contact lists, those of one customer in one update. The update appends to the
/// list, changes no other row of it, and ignores a contact that is in it already (developer.intacct.com, Customers). It
/// may therefore be repeated and needs no intent: a contact whose row does not say that it is attached is attached
/// again.
/// </summary>
/// <remarks>
/// No contact is ever taken out of a list, since Intacct can only empty a list as a whole. A contact that moved to
/// another customer stays in the old list as well.
/// </remarks>
public sealed class ContactAttacher(IntacctClient intacct, RequestSizer sizer, IIdSource ids, TimeProvider time)
{
    /// <param name="pass">The records; those that can't be attached end.</param>
    /// <param name="customerIds">The customer that each record's contact belongs to, by source id.</param>
    /// <param name="cancellationToken">Stops before the next request.</param>
    public async Task AttachAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, string> customerIds,
        CancellationToken cancellationToken
    )
    {
        var due = pass
            .Open.Select(w => w.SourceId)
            .Where(id => customerIds.TryGetValue(id, out var customer) && Attachment.IsDue(pass[id], customer))
            .Select(id => (customerIds[id], id));
        var waiting = Attachment.Of(due.ToList()).ToList();
        Failure? halted = null;
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = waiting.Take(sizer.SizeFor(pass.Batch.Connection.Company)).ToList();
            waiting.RemoveRange(0, some.Count);
            if (halted is null)
                halted = await SendAsync(pass, some);
            else
                Fail(pass, some, halted);
        }
    }

    /// <returns>What keeps the rest from being sent; null when nothing does.</returns>
    private async Task<Failure?> SendAsync(RecordPass pass, IReadOnlyList<Attachment> some)
    {
        var company = pass.Batch.Connection.Company;
        var functions = some.Select(a => a.Function(new ControlId(ids.NewId()), id => pass[id].TargetId!)).ToList();
        var refused = new List<Attachment>();
        try
        {
            // As with any write, a request that is sent is awaited even while the host stops.
            var response = await intacct.SendAsync(
                pass.Batch.Access.Intacct,
                functions,
                uniqueId: false,
                CancellationToken.None
            );
            sizer.Answered(company, functions.Count, response.Elapsed);
            foreach (var (attachment, result) in some.Zip(response.Results))
            {
                if (result.Status == FunctionStatus.Success)
                    await RememberAsync(pass, attachment);
                else if (WriteOutcomes.SaysNothing(result))
                    Fail(pass, [attachment], Unanswered);
                else if (attachment.SourceIds.Count > 1)
                    refused.AddRange(attachment.Singly());
                else
                    Fail(pass, [attachment], WriteOutcomes.Refused(result));
            }
        }
        catch (IntacctException e)
        {
            if (e.OutcomeUnknown)
                sizer.NotAnswered(company);
            var failure = e.Classified;
            var ofOne = failure.Class is FailureClass.Data or FailureClass.Unknown;
            if (ofOne && some is not [{ SourceIds: [_] }])
            {
                refused.AddRange(some.SelectMany(a => a.Singly()));
            }
            else
            {
                Fail(pass, some, failure);
                return ofOne ? null : failure;
            }
        }

        // One bad contact makes Intacct refuse its function, or the whole request. Sent one by one, only the bad one is
        // refused.
        foreach (var single in refused)
        {
            if (await SendAsync(pass, [single]) is { } halted)
            {
                Fail(pass, refused.SkipWhile(r => r != single), halted);
                return halted;
            }
        }

        return null;
    }

    private Task RememberAsync(RecordPass pass, Attachment attachment)
    {
        var now = time.GetUtcNow();
        var detail = $"In the contact list of customer {attachment.CustomerId}.";
        var attached = attachment
            .SourceIds.Select(id =>
                pass[id] with
                {
                    AttachedTo = attachment.CustomerId,
                    NaturalKey = pass[id].TargetId,
                }
            )
            .Select(e =>
                e.WriteBack == WriteBack.Due ? e.Note(now, "attached", detail) : e.Sync(now, "attached", detail)
            );
        return pass.SaveLinkedAsync([.. attached], CancellationToken.None);
    }

    private static void Fail(RecordPass pass, IEnumerable<Attachment> attachments, Failure failure)
    {
        foreach (var id in attachments.SelectMany(a => a.SourceIds))
            pass.Fail(id, failure);
    }

    private static Failure Unanswered { get; } =
        new(
            FailureClass.Transient,
            new Problem(
                "intacct-no-answer",
                "Intacct has not said whether it took the contact into the customer's list.",
                "Nothing: it is tried again by itself."
            )
        );
}
