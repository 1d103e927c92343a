using IntacctSync.Simulators.Upflow.Api;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Links;

/// <summary>The links by name, and the rules of making them.</summary>
internal sealed class LinkBook
{
    private readonly Dictionary<string, UpflowLink> _links = new(StringComparer.Ordinal);

    public IReadOnlyCollection<UpflowLink> All => _links.Values;

    /// <summary>Takes a link away; what it joined is open again.</summary>
    public void Remove(string key, DateTimeOffset now)
    {
        if (!_links.Remove(key, out var link))
            return;
        foreach (var pair in link.Pairs)
            Leave(pair, now);
    }

    /// <summary>Takes everything away that a document is linked by, or only what joins it with another.</summary>
    public void RemoveAll(UpflowDocument document, DateTimeOffset now, UpflowDocument? other = null)
    {
        foreach (var pair in document.Pairs.Where(p => other is null || p.Other(document) == other).ToList())
            Shrink(pair, pair.Amount, now);
    }

    /// <summary>Puts a link in the place of the one of the same name, if there is one.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="sides">At least one that is owed and one that settles.</param>
    /// <param name="refundFrees">Whether a refund makes room for itself at what it refunds.</param>
    /// <param name="now">For the documents' time of change.</param>
    /// <exception cref="UpflowRefusal">The sums differ, the customers or currencies do, or more would be linked than is
    /// open. Nothing was changed.</exception>
    public void Put(string key, IReadOnlyList<LinkSide> sides, bool refundFrees, DateTimeOffset now)
    {
        var before = _links.GetValueOrDefault(key);
        CheckTogether(sides);
        foreach (var side in sides.GroupBy(s => s.Document))
            CheckRoom(side.Key, side.Sum(s => s.Amount), before, refundFrees && Refunds(sides, side.Key));
        Remove(key, now);
        var link = _links[key] = new UpflowLink(key);
        foreach (var (debit, credit, amount) in Match(sides))
        {
            if (refundFrees && debit.Kind == DocumentKind.Refund)
                Free(credit, amount - credit.Open, now);
            var pair = new LinkPair(link, debit, credit, amount);
            link.Pairs.Add(pair);
            Enter(pair, now);
        }
    }

    /// <summary>Joins what is owed with what settles, in the order they were given, until both are used up.</summary>
    private static IEnumerable<(UpflowDocument Debit, UpflowDocument Credit, long Amount)> Match(
        IReadOnlyList<LinkSide> sides
    )
    {
        var debits = new Queue<LinkSide>(sides.Where(s => s.Document.Kind.IsDebit));
        var credits = new Queue<LinkSide>(sides.Where(s => !s.Document.Kind.IsDebit));
        var (debit, credit) = (debits.Dequeue(), credits.Dequeue());
        while (true)
        {
            var amount = Math.Min(debit.Amount, credit.Amount);
            yield return (debit.Document, credit.Document, amount);
            debit = debit with { Amount = debit.Amount - amount };
            credit = credit with { Amount = credit.Amount - amount };
            if (debit.Amount == 0 && !debits.TryDequeue(out debit))
                yield break;
            if (credit.Amount == 0 && !credits.TryDequeue(out credit))
                yield break;
        }
    }

    private static void CheckTogether(IReadOnlyList<LinkSide> sides)
    {
        var owed = sides.Where(s => s.Document.Kind.IsDebit).Sum(s => s.Amount);
        var settling = sides.Where(s => !s.Document.Kind.IsDebit).Sum(s => s.Amount);
        if (owed != settling)
            throw new UpflowRefusal(
                $"The sum of invoices and refunds ({owed}) must equal the sum of payments and credit notes ({settling})"
            );
        if (sides.Select(s => s.Document.Currency).Distinct(StringComparer.Ordinal).Skip(1).Any())
            throw new UpflowRefusal("All linked documents must have the same currency");
        if (sides.Select(s => s.Document.Customer?.Top).Distinct().Skip(1).Any())
            throw new UpflowRefusal("All linked documents must belong to the same customer or to the same parent");
    }

    private static void CheckRoom(UpflowDocument document, long amount, UpflowLink? before, bool frees)
    {
        var pairs = document.Pairs.Where(p => p.Link != before && !(frees && p.Debit.Kind == DocumentKind.Invoice));
        var open = document.Amount - pairs.Sum(p => p.Amount);
        if (amount > open)
            throw new UpflowRefusal(
                $"\"amountLinked\" ({amount}) exceeds what is open ({open}) of {document.Kind.Word.ToLowerInvariant()} "
                    + (document.ExternalId ?? document.Id)
            );
    }

    private static bool Refunds(IReadOnlyList<LinkSide> sides, UpflowDocument document) =>
        !document.Kind.IsDebit && sides.All(s => !s.Document.Kind.IsDebit || s.Document.Kind == DocumentKind.Refund);

    /// <summary>Makes room by taking from the links with invoices, the newest first.</summary>
    private void Free(UpflowDocument credit, long wanted, DateTimeOffset now)
    {
        foreach (var pair in credit.Pairs.Where(p => p.Debit.Kind == DocumentKind.Invoice).Reverse().ToList())
        {
            if (wanted <= 0)
                return;
            var taken = Math.Min(wanted, pair.Amount);
            Shrink(pair, taken, now);
            wanted -= taken;
        }
    }

    private void Shrink(LinkPair pair, long by, DateTimeOffset now)
    {
        pair.Amount -= by;
        if (pair.Amount > 0)
        {
            (pair.Debit.ModifiedAt, pair.Credit.ModifiedAt) = (now, now);
            return;
        }
        Leave(pair, now);
        pair.Link.Pairs.Remove(pair);
        if (pair.Link.Pairs.Count == 0)
            _links.Remove(pair.Link.Key);
    }

    private static void Enter(LinkPair pair, DateTimeOffset now)
    {
        pair.Debit.Pairs.Add(pair);
        pair.Credit.Pairs.Add(pair);
        (pair.Debit.ModifiedAt, pair.Credit.ModifiedAt) = (now, now);
    }

    private static void Leave(LinkPair pair, DateTimeOffset now)
    {
        pair.Debit.Pairs.Remove(pair);
        pair.Credit.Pairs.Remove(pair);
        (pair.Debit.ModifiedAt, pair.Credit.ModifiedAt) = (now, now);
    }
}
