using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>Documents as Upflow's lists show them: which there are, and what each is linked to.</summary>
/// <param name="wanted">Those that matter; of the others nothing is kept.</param>
internal sealed class ShownDocuments(IEnumerable<LinkEnd> wanted)
{
    private readonly HashSet<(UpflowKind, string)> _wanted = [.. wanted.Select(NameOf)];
    private readonly Dictionary<(UpflowKind, string), Dictionary<(UpflowKind, string), long>> _links = [];

    public void Add(UpflowKind kind, UpflowRead document)
    {
        var names = NamesOf(kind, document).ToList();
        if (!names.Exists(_wanted.Contains))
            return;
        var links = new Dictionary<(UpflowKind, string), long>();
        foreach (
            var (other, amount) in Linked(UpflowKind.Invoice, document.LinkedInvoices)
                .Concat(Linked(UpflowKind.Payment, document.LinkedTransactions))
                .Concat(Linked(UpflowKind.CreditNote, document.LinkedCreditNotes))
        )
            links[other] = links.GetValueOrDefault(other) + amount;
        foreach (var name in names)
            _links[name] = links;
    }

    public bool Has(LinkEnd document) => _links.ContainsKey(NameOf(document));

    /// <summary>
    /// How much the two ends of a link are linked to each other. A payment or a credit note shows its invoices, a
    /// refund what it pays back.
    /// </summary>
    public long AmountOf(StandingLink link)
    {
        var (of, other) = link.Paid.Kind == UpflowKind.Refund ? (link.Paid, link.Paying) : (link.Paying, link.Paid);
        return _links.GetValueOrDefault(NameOf(of))?.GetValueOrDefault(NameOf(other)) ?? 0;
    }

    private static IEnumerable<((UpflowKind, string) Name, long Amount)> Linked(
        UpflowKind kind,
        IEnumerable<(UpflowRead Record, long Amount)> links
    ) => links.SelectMany(l => NamesOf(kind, l.Record).Select(name => (name, l.Amount)));

    /// <summary>By its id, and by the name that an integration gave it.</summary>
    private static IEnumerable<(UpflowKind, string)> NamesOf(UpflowKind kind, UpflowRead record)
    {
        if (record.Id is { } id)
            yield return NameOf(LinkEnd.Of(kind, id));
        if (record.ExternalId is { } externalId)
            yield return NameOf(LinkEnd.Own(kind, externalId));
    }

    private static (UpflowKind, string) NameOf(LinkEnd end) => (end.Kind, end.Reference.TargetId.ToUpperInvariant());
}
