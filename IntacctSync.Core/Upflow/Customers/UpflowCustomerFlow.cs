using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Records;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>
/// Intacct customers become customers of Upflow, with their contacts: settle, read, find the parent, map, write.
/// </summary>
public sealed class UpflowCustomerFlow(
    CustomerReader reader,
    CustomerParents parents,
    EmailHolders emails,
    UpflowFieldCatalog fields,
    HandLinks links,
    GoneCounterparts counterparts,
    TakenIds ids,
    CustomerWrites writes,
    AppWriter writer,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<UpflowCustomerFlow> logger
) : IRecordFlow
{
    public FlowName Name => UpflowFlows.Customers;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, UpflowWrites.App, UpflowWrites.SettleAfter, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var customers = await reader.ReadAsync(pass, cancellationToken);
        foreach (var work in pass.Open.ToList())
            await RememberAsync(pass, work.SourceId, customers.GetValueOrDefault(work.SourceId), cancellationToken);
        await LeaveAsync(pass, customers, cancellationToken);
        await links.ResolveAsync(pass, UpflowKind.Customer, cancellationToken);

        // Those without a parent go first, since a parent may be in the same batch.
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var level in pass.Open.ToLookup(w => customers[w.SourceId].Ancestors.Count > 0).OrderBy(l => l.Key))
            await CarryAsync(pass, [.. level], customers, chosen, cancellationToken);
    }

    private async Task RememberAsync(
        RecordPass pass,
        string customerId,
        SourceCustomer? customer,
        CancellationToken cancellationToken
    )
    {
        var entry = pass.Titled(
            customerId,
            customer is null ? "" : UpflowCustomerMapper.Title(customer),
            await reader.VersionAsync(pass, customer, cancellationToken),
            customer is null ? null : new RecordFacts(Party: customer.Id)
        );
        pass.Put(entry with { WriteBack = WriteBack.None });
    }

    /// <summary>
    /// Ends the records that are not carried over: those that are gone, and inactive ones that nobody needs.
    /// </summary>
    private static Task LeaveAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, SourceCustomer> customers,
        CancellationToken cancellationToken
    )
    {
        var ended = new List<KeyMapEntry>();
        foreach (var work in pass.Open.ToList())
        {
            var entry = pass[work.SourceId];
            if (!customers.TryGetValue(work.SourceId, out var customer))
                ended.Add(
                    entry.Skip(
                        pass.Now,
                        entry.TargetId is null
                            ? "It is deleted in Intacct and was never synced."
                            : "It is deleted in Intacct. Its customer in Upflow is kept, as documents may refer to it."
                    )
                );
            else if (customer.IsInactive && entry.TargetId is null && !IsNeeded(work))
                ended.Add(entry.Skip(pass.Now, "It is inactive in Intacct and was never synced."));
        }

        return pass.SaveFinalAsync(ended, cancellationToken);
    }

    private static bool IsNeeded(RecordWork work) => work.EventIds.Any(Envelopes.EventIds.IsParentWanted);

    private async Task CarryAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> works,
        IReadOnlyDictionary<string, SourceCustomer> customers,
        Dictionary<string, string> chosen,
        CancellationToken cancellationToken
    )
    {
        var above = await parents.FindAsync(pass, works, customers, cancellationToken);
        var defined = await fields.OfAsync(pass.Batch, CustomFieldKind.Customer, cancellationToken);
        var due = new List<CustomerWrite>();
        foreach (var work in works.Where(w => pass.IsOpen(w.SourceId)))
        {
            var customer = customers[work.SourceId];
            var mapped = CustomFieldMapper.Map(
                CustomFieldKind.Customer,
                pass.Batch.Connection.Upflow().CustomFields,
                customer.Row,
                defined
            );
            if (mapped is Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected rejected)
            {
                pass.Fail(work.SourceId, new Failure(FailureClass.Data, rejected.Problem));
                continue;
            }

            var choice = await emails.ChooseAsync(pass, customer, chosen, cancellationToken);
            due.Add(
                CustomerWrite.Of(
                    work,
                    pass[work.SourceId],
                    customer,
                    above.GetValueOrDefault(work.SourceId),
                    choice,
                    ((Mapped<IReadOnlyList<UpflowFieldValue>>.Document)mapped).Value
                )
            );
        }

        var gone = await counterparts.FindAsync(
            pass,
            UpflowKind.Customer,
            due.Where(d => d.IsUnchanged).Select(d => d.Work),
            cancellationToken
        );
        await EndUnchangedAsync(
            pass,
            [.. due.Where(d => d.IsUnchanged && !gone.Contains(d.Work.SourceId))],
            cancellationToken
        );
        await ids.LeaveCustomersAsync(pass, [.. due.Where(d => pass.IsOpen(d.Work.SourceId))], cancellationToken);
        var open = due.Where(d => pass.IsOpen(d.Work.SourceId)).ToList();
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await pass.SaveShadowAsync(
                [
                    .. open.Select(d =>
                        pass[d.Work.SourceId]
                            .Skip(
                                pass.Now,
                                $"{RecordPass.ShadowMode} would {(d.IsNew ? "create" : "update")} the customer."
                            )
                    ),
                ],
                cancellationToken
            );
        else
            await writes.WriteAsync(pass, open, cancellationToken);
    }

    /// <summary>
    /// Ends those that are equal on both sides. What the row names may have changed all the same, such as a contact
    /// without an address.
    /// </summary>
    private static Task EndUnchangedAsync(
        RecordPass pass,
        IReadOnlyList<CustomerWrite> due,
        CancellationToken cancellationToken
    ) =>
        pass.SaveFinalAsync(
            [
                .. due.Select(d =>
                    d.Landed(pass[d.Work.SourceId]).Sync(pass.Now, "unchanged", d.Story(UpflowStory.Unchanged))
                ),
            ],
            cancellationToken
        );
}
