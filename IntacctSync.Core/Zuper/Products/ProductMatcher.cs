using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>
/// Looks for the products of items that are not linked, by part number. Such a product was there before, or Zuper made
/// it and its reply was lost. Never guesses.
/// </summary>
public sealed class ProductMatcher(ZuperClient zuper, KeyMapStore keyMap)
{
    private const int AtOnce = 8;

    /// <summary>Links the products that were found. A record for which a person must choose ends.</summary>
    internal async Task MatchAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> without,
        CancellationToken cancellationToken
    )
    {
        var found = new IReadOnlyList<ZuperProduct>?[without.Count];
        var failures = new Failure?[without.Count];
        await Parallel.ForAsync(
            0,
            without.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                try
                {
                    found[i] = await FindAsync(pass, without[i], token);
                }
                catch (ZuperException e)
                {
                    failures[i] = Failures.Of(e);
                }
            }
        );

        var taken = await TakenAsync(pass.Batch.Connection.Id, found, cancellationToken);
        for (var i = 0; i < without.Count; i++)
        {
            var id = without[i].SourceId;
            if (failures[i] is { } failure)
                pass.Fail(id, failure);
            else if (Judge(id, found[i]!, taken) is { } problem)
                pass.Fail(id, new Failure(FailureClass.Data, problem));
            else if (found[i] is [var only])
                pass.Put(
                    (pass[id] with { TargetId = only.Uid, Adopted = true, Hash = null }).Note(
                        pass.Now,
                        "adopted",
                        $"The product {Name(only)} has this part number."
                    )
                );
        }
    }

    /// <summary>
    /// Why none of the products that were found is adopted; null where one is, or none was found. Pure.
    /// </summary>
    /// <param name="itemId">The item.</param>
    /// <param name="found">The products with its part number.</param>
    /// <param name="taken">Products that are linked already, by uid in upper case, with the item that has them.</param>
    internal static Problem? Judge(
        string itemId,
        IReadOnlyList<ZuperProduct> found,
        IReadOnlyDictionary<string, string> taken
    ) =>
        found switch
        {
            [] => null,
            [var only] when taken.TryGetValue(only.Uid.ToUpperInvariant(), out var owner) && owner != itemId =>
                new Problem(
                    "product-taken",
                    $"The product {Name(only)} has the part number {itemId} and is linked to item {owner} already.",
                    $"Give one of the two another part number in Zuper, then retry; or link item {itemId} to "
                        + $"its product by hand."
                ),
            [_] => null,
            _ => new Problem(
                "product-ambiguous",
                $"{found.Count} products in Zuper have the part number {itemId}: "
                    + $"{string.Join(", ", found.Take(5).Select(Name))}.",
                "Link the right one by hand, or give the others another part number in Zuper and retry."
            ),
        };

    private async Task<IReadOnlyList<ZuperProduct>> FindAsync(
        RecordPass pass,
        RecordWork work,
        CancellationToken cancellationToken
    )
    {
        var priority = work.Bulk ? RequestPriority.Bulk : RequestPriority.Live;
        var products = await zuper.FindProductsAsync(
            pass.Batch.Access.Zuper(),
            work.SourceId,
            priority,
            cancellationToken
        );
        return [.. products.Where(p => IsOf(work.SourceId, p))];
    }

    /// <summary>Whether a product that is not deleted has the part number of an item, in any case. Pure.</summary>
    internal static bool IsOf(string itemId, ZuperProduct product) =>
        !product.IsDeleted && ComparisonKey.AreEqual(product.ProductId, itemId);

    private async Task<IReadOnlyDictionary<string, string>> TakenAsync(
        ConnectionId connection,
        IReadOnlyList<ZuperProduct>?[] found,
        CancellationToken cancellationToken
    )
    {
        var uids = found
            .SelectMany(f => f ?? [])
            .Select(p => p.Uid)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return uids.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await keyMap.FindByTargetsAsync(connection, ZuperFlows.Products, uids, cancellationToken);
    }

    private static string Name(ZuperProduct product) => $"'{product.Name}' ({product.Uid})";
}
