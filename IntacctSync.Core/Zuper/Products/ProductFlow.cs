using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>Intacct items become Zuper products: settle, read, decide, match by part number, write.</summary>
public sealed class ProductFlow(
    ItemReader reader,
    GoneProducts gone,
    ProductMatcher matcher,
    AppWriter writer,
    ZuperClient zuper,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<ProductFlow> logger
) : IRecordFlow
{
    private const int AtOnce = 8;

    public FlowName Name => ZuperFlows.Products;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(batch, keyMap, time, logger, pass => RunAsync(pass, cancellationToken), cancellationToken);

    private async Task RunAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(pass, ZuperWrites.App, null, cancellationToken);
        await pass.LeaveIgnoredAsync(cancellationToken);
        var items = await reader.ReadAsync(pass, cancellationToken);
        foreach (var work in pass.Open.ToList())
            await RememberAsync(pass, work.SourceId, items.GetValueOrDefault(work.SourceId), cancellationToken);
        var decisions = pass.Decide(
            pass.Open,
            w =>
                ProductDecision.For(
                    pass[w.SourceId],
                    items.GetValueOrDefault(w.SourceId),
                    pass.Batch.Connection.Zuper()
                )
        );
        await gone.LookAsync(pass, decisions, items, cancellationToken);
        await ConcludeAsync(pass, decisions, cancellationToken);
        await matcher.MatchAsync(
            pass,
            [.. pass.Open.Where(w => decisions[w.SourceId] is ProductDecision.Create)],
            cancellationToken
        );
        if (pass.Batch.Connection.Settings.Mode == SyncMode.Shadow)
            await EndInShadowAsync(pass, cancellationToken);
        await FollowAsync(pass, decisions, cancellationToken);
        await WriteAsync(pass, decisions, cancellationToken);
    }

    /// <summary>
    /// The row with the item's name, when it changed, and its RECORDNO: a deletion may name nothing else.
    /// </summary>
    private async Task RememberAsync(
        RecordPass pass,
        string itemId,
        ItemRecord? item,
        CancellationToken cancellationToken
    )
    {
        var entry = pass.Titled(
            itemId,
            item is null ? "" : ProductMapper.Title(item),
            await reader.VersionAsync(pass, item, cancellationToken)
        );
        pass.Put(entry with { Parts = item?.RecordNo ?? entry.Parts, WriteBack = WriteBack.None });
    }

    /// <summary>Ends the records that need neither a look-up nor a write.</summary>
    private static Task ConcludeAsync(
        RecordPass pass,
        Dictionary<string, ProductDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var ended = new List<KeyMapEntry>();
        foreach (var (id, decision) in decisions)
        {
            switch (decision)
            {
                case ProductDecision.Reject reject:
                    pass.Fail(id, new Failure(FailureClass.Data, reject.Problem));
                    break;
                case ProductDecision.Skip skip:
                    ended.Add(pass[id].Skip(pass.Now, skip.Reason));
                    break;
                case ProductDecision.Unchanged unchanged:
                    ended.Add(
                        (pass[id] with { Fingerprints = pass[id].Fingerprints ?? unchanged.Fingerprints }).Sync(
                            pass.Now,
                            "unchanged",
                            "Both sides are equal."
                        )
                    );
                    break;
            }
        }

        return pass.SaveFinalAsync(ended, cancellationToken);
    }

    private static Task EndInShadowAsync(RecordPass pass, CancellationToken cancellationToken) =>
        pass.SaveShadowAsync([.. pass.Open.ToList().Select(w => InShadow(pass, w))], cancellationToken);

    /// <summary>The rows with what would have been done in shadow mode. No product is linked there.</summary>
    private static KeyMapEntry InShadow(RecordPass pass, RecordWork work)
    {
        var entry = pass[work.SourceId];
        var would =
            entry.TargetId is null ? "create the product"
            : entry.Adopted ? $"adopt the product {entry.TargetId}"
            : "update the product";
        return (entry with { TargetId = work.Entry.TargetId, Adopted = work.Entry.Adopted }).Skip(
            pass.Now,
            $"{RecordPass.ShadowMode} would {would}."
        );
    }

    /// <summary>Ends the products of which no field is to be written: only the row follows.</summary>
    private static Task FollowAsync(
        RecordPass pass,
        Dictionary<string, ProductDecision> decisions,
        CancellationToken cancellationToken
    ) =>
        pass.SaveFinalAsync(
            [
                .. pass
                    .Open.Where(w => !pass[w.SourceId].Adopted)
                    .Select(w => (Entry: pass[w.SourceId], Update: decisions[w.SourceId] as ProductDecision.Update))
                    .Where(w => w.Update is not null)
                    .Select(w => (w.Entry, w.Update!.Hash, Changes: ChangesOf(w.Entry, w.Update.Fields)))
                    .Where(w => !w.Changes.Any)
                    .Select(w =>
                        (w.Entry with { Hash = w.Hash, Fingerprints = w.Changes.After.ToString() }).Sync(
                            pass.Now,
                            "unchanged",
                            "No field that is written has changed at the source."
                        )
                    ),
            ],
            cancellationToken
        );

    private static FieldChanges ChangesOf(KeyMapEntry entry, ZuperProductFields fields)
    {
        var changes = ProductMapper.Changes(entry);
        ProductMapper.ForUpdate(fields, changes);
        return changes;
    }

    private async Task WriteAsync(
        RecordPass pass,
        Dictionary<string, ProductDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var due = pass.Open.ToList();
        var outcomes = new WriteOutcome[due.Count];
        await Parallel.ForAsync(
            0,
            due.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
                outcomes[i] = await writer.WriteAsync(
                    pass.Batch.Connection,
                    Plan(pass, due[i], decisions[due[i].SourceId]),
                    token
                )
        );

        pass.Take(outcomes.Select(o => o with { Failure = o.Failure is { } failure ? Explained(failure) : null }));
    }

    private AppWrite Plan(RecordPass pass, RecordWork work, ProductDecision decision)
    {
        var entry = pass[work.SourceId];
        var (fields, hash) = decision switch
        {
            ProductDecision.Create create => (entry.TargetId is null ? create.Fields : create.Kept, create.Hash),
            ProductDecision.Update update => (update.Fields, update.Hash),
            _ => throw new InvalidOperationException($"{work.SourceId} is not to be written."),
        };
        var after = ProductMapper.FingerprintsOf(fields);
        if (entry.TargetId is not null)
        {
            var changes = ProductMapper.Changes(entry);
            fields = ProductMapper.ForUpdate(fields, changes);
            after = changes.After.ToString();
        }

        // While the write is under way, it is not known what stands in the fields that it changes.
        entry = entry with
        {
            Fingerprints =
                entry.Fingerprints is null || entry.TargetId is null || entry.Adopted
                    ? null
                    : Fingerprints.Of(entry.Fingerprints).Doubting(Fingerprints.Of(after)).ToString(),
        };
        var account = pass.Batch.Access.Zuper();
        var priority = work.Bulk ? RequestPriority.Bulk : RequestPriority.Live;
        if (entry.TargetId is not { } uid)
        {
            return new AppWrite(
                ZuperWrites.App,
                entry,
                Intent.Create,
                "create product",
                JsonSerializer.Serialize(fields),
                hash,
                fields.ProductId,
                ZuperWrites.Answering(async token => await zuper.CreateProductAsync(account, fields, priority, token)),
                (row, target) => Landed(row with { TargetId = target, Made = target }, "created")
            );
        }

        return new AppWrite(
            ZuperWrites.App,
            entry,
            Intent.Update,
            "update product",
            JsonSerializer.Serialize(fields),
            hash,
            null,
            ZuperWrites.Answering(ChangeAsync),
            (row, _) => Landed(row, "updated")
        );

        async Task<string?> ChangeAsync(CancellationToken cancellationToken)
        {
            // Patched and not put: a put may take the place of all meta data that the product has.
            if (entry.Adopted)
                await zuper.PatchCustomFieldsAsync(
                    account,
                    ZuperModule.Product,
                    uid,
                    [ProductMapper.MetaData(work.SourceId)],
                    priority,
                    cancellationToken
                );
            await zuper.UpdateProductAsync(account, uid, fields, priority, cancellationToken);
            return uid;
        }

        KeyMapEntry Landed(KeyMapEntry row, string what) =>
            (row with { Hash = hash, Fingerprints = after, Adopted = false })
                .Sync(time.GetUtcNow(), what, row.Title ?? work.SourceId)
                .Handled(work.EventIds);
    }

    private static Failure Explained(Failure failure) =>
        failure.Problem is { Code: "zuper-refused" } refused
        && refused.Message.Contains("Category", StringComparison.OrdinalIgnoreCase)
            ? failure with
            {
                Problem = new Problem(
                    "product-category-refused",
                    refused.Message,
                    "Correct defaultProductCategoryUid and productCategories: they hold uids of categories in "
                        + "Zuper. Then retry all with this cause."
                ),
            }
            : failure;
}
