using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>What of one Intacct record is to stand in Upflow. Nothing else of it is to stand there.</summary>
internal sealed class WantedStanding
{
    private readonly SortedDictionary<string, StandingDocument> _documents = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StandingLink> _links = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, StandingDocument> Documents => _documents;

    public IReadOnlyDictionary<string, StandingLink> Links => _links;

    public bool IsEmpty => _documents.Count + _links.Count == 0;

    /// <summary>Whether it has a payment that its own links do not use up.</summary>
    public bool HasRest =>
        _documents
            .Values.OfType<StandingDocument.Payment>()
            .Any(p =>
                _links
                    .Values.Where(l => l.Paying == LinkEnd.Own(UpflowKind.Payment, p.Value.ExternalId))
                    .Sum(l => l.Amount) < p.Value.Amount
            );

    /// <summary>Equal for what stands equally.</summary>
    public string Hash =>
        ShortHash.Of(
            string.Join(
                '\n',
                _documents
                    .Select(d => $"{d.Key} {d.Value.Hash}")
                    .Concat(
                        _links.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} {l.Value.Amount}"))
                    )
            ),
            26
        );

    public void Put(string key, StandingDocument document) => _documents[key] = document;

    public void Put(string key, StandingLink link) => _links[key] = link;
}

/// <summary>One document to write: a payment, a refund, or a credit note.</summary>
internal abstract record StandingDocument
{
    private StandingDocument() { }

    /// <summary>Equal for equal contents.</summary>
    public string Hash => ShortHash.Of(Text);

    /// <summary>What is sent.</summary>
    public string Text => Body.ToJsonString();

    /// <summary>What a person calls its kind.</summary>
    public abstract string Name { get; }

    protected abstract JsonObject Body { get; }

    public sealed record Payment(UpflowPayment Value) : StandingDocument
    {
        public override string Name => "payment";

        protected override JsonObject Body => Value.Body();
    }

    public sealed record Refund(UpflowPayment Value) : StandingDocument
    {
        public override string Name => "refund";

        protected override JsonObject Body => Value.Body();
    }

    public sealed record CreditNote(UpflowDocument Value) : StandingDocument
    {
        public override string Name => "credit note";

        protected override JsonObject Body => Value.Body();
    }
}

/// <summary>One link to make: so much of what is paid is paid by what pays.</summary>
/// <param name="Paid">An invoice or a refund.</param>
/// <param name="Paying">A payment or a credit note.</param>
/// <param name="Amount">In the currency's smallest unit, above zero.</param>
internal sealed record StandingLink(LinkEnd Paid, LinkEnd Paying, long Amount)
{
    /// <param name="externalId">The link's own.</param>
    public UpflowLink Named(string externalId) =>
        new(externalId)
        {
            Invoices = Of(UpflowKind.Invoice),
            Payments = Of(UpflowKind.Payment),
            CreditNotes = Of(UpflowKind.CreditNote),
            Refunds = Of(UpflowKind.Refund),
        };

    private IReadOnlyList<UpflowLinkPart> Of(UpflowKind kind) =>
        [.. new[] { Paid, Paying }.Where(e => e.Kind == kind).Select(e => new UpflowLinkPart(e.Reference, Amount))];
}

/// <summary>One side of a link.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">Which.</param>
internal sealed record LinkEnd(UpflowKind Kind, UpflowReference Reference)
{
    /// <summary>A document that this program named.</summary>
    public static LinkEnd Own(UpflowKind kind, string externalId) =>
        new(kind, UpflowReference.OfExternalId(externalId));

    /// <summary>The counterpart of a record.</summary>
    public static LinkEnd Of(UpflowKind kind, string targetId) => new(kind, new UpflowReference(targetId));
}
