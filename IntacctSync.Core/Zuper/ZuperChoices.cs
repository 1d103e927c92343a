using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper;

/// <summary>What the fields of a connection's form can be chosen from.</summary>
/// <remarks>
/// Zuper has no route that lists payment modes (developers.zuper.co), so those are offered that stand on payments of
/// recent invoices. Custom fields are offered alike: those that recent invoices carry.
/// </remarks>
internal sealed class ZuperChoices(ZuperClient zuper)
{
    public const string Modes = "modes";
    public const string Categories = "categories";
    public const string InvoiceFields = "fields";

    private const int Recent = 50;

    /// <summary>How many pages of invoices are looked through, the newest ones first.</summary>
    private const int Pages = 4;

    public IReadOnlyList<ChoiceList> All =>
        [
            IntacctChoices.Accounts,
            IntacctChoices.Labels,
            IntacctChoices.Locations,
            IntacctChoices.Departments,
            IntacctChoices.Terms,
            IntacctChoices.Definitions,
            IntacctChoices.Currencies,
            IntacctChoices.RateTypes,
            IntacctChoices.PaymentMethods,
            IntacctChoices.ProductLines,
            new(Modes, "payment modes of recent payments", ModesAsync),
            new(Categories, "product categories", CategoriesAsync),
            new(InvoiceFields, "custom fields of recent invoices", FieldsAsync),
            .. CarriedFieldKind.All.SelectMany(CarriedFields),
        ];

    /// <summary>The names of both lists of a kind: the labels in Zuper, and Intacct's fields.</summary>
    public static (string Zuper, string Intacct) NamesOf(CarriedFieldKind kind) =>
        ($"zuper-{kind.Name}", $"intacct-{kind.Name}");

    private IEnumerable<ChoiceList> CarriedFields(CarriedFieldKind kind)
    {
        var (own, intacct) = NamesOf(kind);
        yield return new ChoiceList(
            own,
            $"fields of recent {Words(kind)} to carry over",
            async (look, cancellationToken) =>
                [
                    .. (
                        await CustomFieldReader.LabelsAsync(zuper, look.Access.Zuper(), kind, cancellationToken) ?? []
                    ).Select(l => new FieldChoice(l, l)),
                ]
        );
        yield return IntacctChoices.CustomFields(
            intacct,
            $"custom fields of {PlainWords.Object(kind.Object)} in Intacct",
            settings => Target(kind, settings.Zuper())
        );
    }

    /// <summary>Where the fields of a kind go to with these settings: an invoice may become an Order Entry
    /// document.</summary>
    private static (string Object, string? Definition) Target(CarriedFieldKind kind, ZuperConnectionSettings settings)
    {
        var target =
            kind == CarriedFieldKind.Invoice ? CarriedFieldKind.OfInvoices(settings.Invoice.Document)
            : kind == CarriedFieldKind.InvoiceLine ? CarriedFieldKind.OfLines(settings.Invoice.Document)
            : kind;
        return (target.Object, target.DefinitionOf(settings));
    }

    private static string Words(CarriedFieldKind kind) =>
        kind.Name == CarriedFieldKind.InvoiceLine.Name ? "invoice lines" : kind.Name;

    private async Task<IReadOnlyList<FieldChoice>> CategoriesAsync(
        ChoiceLook look,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await zuper.ListCategoriesAsync(look.Access.Zuper(), cancellationToken))
                .Select(c => new FieldChoice(c.Key, c.Value))
                .OrderBy(c => c.Text, StringComparer.OrdinalIgnoreCase),
        ];

    private async Task<IReadOnlyList<FieldChoice>> ModesAsync(ChoiceLook look, CancellationToken cancellationToken)
    {
        var modes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var invoice in RecentAsync(look, cancellationToken))
        {
            foreach (var payment in invoice.Payments)
            {
                if (payment is { ModeUid: { } uid, ModeName: { } name })
                    modes.TryAdd(uid, name);
            }
        }

        return
        [
            .. modes
                .Select(m => new FieldChoice(m.Key, m.Value))
                .OrderBy(m => m.Text, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private async Task<IReadOnlyList<FieldChoice>> FieldsAsync(ChoiceLook look, CancellationToken cancellationToken)
    {
        var labels = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var invoice in RecentAsync(look, cancellationToken))
            labels.UnionWith(invoice.CustomFields.Select(f => f.Label));
        return [.. labels.Select(l => new FieldChoice(l, l))];
    }

    /// <summary>The list begins with the oldest, so it is read from its last page on.</summary>
    private async IAsyncEnumerable<ZuperInvoice> RecentAsync(
        ChoiceLook look,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var account = look.Access.Zuper();
        var first = await PageAsync(account, 1, cancellationToken);
        var last = Math.Max(1, (int)(((first.TotalRecords ?? 0) + Recent - 1) / Recent));
        for (var page = last; page >= 1 && page > last - Pages; page--)
        {
            foreach (var invoice in page == 1 ? first.Items : (await PageAsync(account, page, cancellationToken)).Items)
                yield return invoice;
        }
    }

    private Task<ZuperPage<ZuperInvoice>> PageAsync(
        ZuperAccount account,
        int page,
        CancellationToken cancellationToken
    ) => zuper.ListInvoicesAsync(account, null, page, Recent, deleted: false, RequestPriority.Live, cancellationToken);
}
