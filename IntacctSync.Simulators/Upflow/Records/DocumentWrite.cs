using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;
using IntacctSync.Simulators.Upflow.Links;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>
/// Making and changing invoices, credit notes, payments and refunds. All is checked before anything is changed.
/// </summary>
internal static class DocumentWrite
{
    private static readonly string[] PaperFields =
    [
        "externalId",
        "customId",
        "issuedAt",
        "dueDate",
        "name",
        "currency",
        "grossAmount",
        "netAmount",
        "customer",
        "customFields",
        "dunningPlanId",
    ];

    private static readonly string[] MoneyFields =
    [
        "externalId",
        "currency",
        "amount",
        "validatedAt",
        "instrument",
        "bankAccountId",
        "customer",
        "customFields",
        "linkedInvoices",
        "linkedPayments",
        "linkedCreditNotes",
    ];

    /// <param name="organization">Where.</param>
    /// <param name="kind">What the body is of.</param>
    /// <param name="body">The fields.</param>
    /// <param name="owner">The customer that the path names; null = the body names it.</param>
    /// <returns>The document, and whether it was made.</returns>
    /// <exception cref="UpflowRefusal">A field is missing or wrong, or the change does not fit what is
    /// linked.</exception>
    public static (UpflowDocument Document, bool Made) Apply(
        UpflowOrganization organization,
        DocumentKind kind,
        JsonObject body,
        UpflowCustomer? owner = null
    )
    {
        var keeps = !organization.Options.UpsertReplaces;
        var reader = new FieldReader(body, keeps);
        reader.Allow(organization.Options.UnknownFieldsRefused, kind.IsPaper ? PaperFields : MoneyFields);
        var set = organization.Of(kind);
        var external = new FieldReader(body, keeps: false).Text("externalId");
        var known = set.ByExternalId(external);
        var draft = kind.IsPaper
            ? Paper(organization, kind, reader, known, keeps)
            : Money(organization, kind, reader, known, keeps);
        draft.Customer = owner ?? Customer(organization, kind, reader, known, keeps);
        if (known is not null)
            CheckLinks(organization, known, draft);
        var sides = Sides(organization, kind, reader);

        var document = known;
        if (document is null)
        {
            document = draft;
            document.ExternalId = external;
            set.Add(document);
        }
        else
        {
            known!.Customer?.Documents.Remove(known);
            Copy(draft, known);
        }
        document.ModifiedAt = organization.Now;
        document.Customer?.Documents.Add(document);
        if (sides.Count > 0)
            Link(organization, document, sides, known is null);
        return (document, known is null);
    }

    public static void Remove(UpflowOrganization organization, UpflowDocument document)
    {
        if (organization.Options.LinkedDeleteRefused && document.Pairs.Count > 0)
            throw new UpflowRefusal($"{document.Kind.Word} {document.Id} is linked");
        organization.Links.RemoveAll(document, organization.Now);
        document.Customer?.Documents.Remove(document);
        organization.Of(document.Kind).Remove(document);
    }

    private static UpflowDocument Draft(UpflowOrganization organization, DocumentKind kind) =>
        new()
        {
            Id = organization.Ids.Next(),
            Kind = kind,
            CreatedAt = organization.Now,
        };

    private static UpflowDocument Paper(
        UpflowOrganization organization,
        DocumentKind kind,
        FieldReader reader,
        UpflowDocument? known,
        bool keeps
    )
    {
        var draft = Draft(organization, kind);
        draft.Number = reader.Required("customId");
        if (kind == DocumentKind.Invoice)
        {
            draft.Date = reader.RequiredDate("issuedAt");
            draft.DueDate = reader.RequiredDate("dueDate");
        }
        else
        {
            // A credit note without a date is of today. [assumed]
            draft.Date = reader.Date("issuedAt", known?.Date) ?? organization.Now.UtcDateTime.Date;
            draft.DueDate = reader.Date("dueDate", known?.DueDate);
        }
        draft.Name = reader.Text("name", known?.Name);
        draft.Currency = Currency(organization, reader);
        draft.Amount = reader.Amount("grossAmount", 0);
        draft.Net = reader.Amount("netAmount", 0);
        draft.DunningPlanId = References.OneOf(
            organization.DunningPlans,
            reader.Text("dunningPlanId", known?.DunningPlanId),
            "dunningPlanId",
            organization.Options.Strict
        );
        var entity = kind == DocumentKind.Invoice ? "INVOICE" : "CREDIT_NOTE";
        draft.CustomFields = References.Fields(organization, reader, entity, known?.CustomFields, keeps);
        return draft;
    }

    private static UpflowDocument Money(
        UpflowOrganization organization,
        DocumentKind kind,
        FieldReader reader,
        UpflowDocument? known,
        bool keeps
    )
    {
        var draft = Draft(organization, kind);
        draft.Currency = Currency(organization, reader);
        draft.Amount = reader.Amount("amount", 1);
        draft.Date = reader.RequiredDate("validatedAt");
        draft.Instrument = reader.OneOf("instrument", Enumerations.Instruments, known?.Instrument) ?? "UNKNOWN";
        draft.BankAccountId = References.OneOf(
            organization.BankAccounts,
            reader.Text("bankAccountId", known?.BankAccountId),
            "bankAccountId",
            organization.Options.Strict
        );
        draft.CustomFields = References.Fields(organization, reader, "PAYMENT", known?.CustomFields, keeps);
        return draft;
    }

    /// <summary>An invoice's customer is required; nothing is said of the others. A credit note needs one too, payments
    /// and refunds may do without. [assumed]</summary>
    private static UpflowCustomer? Customer(
        UpflowOrganization organization,
        DocumentKind kind,
        FieldReader reader,
        UpflowDocument? known,
        bool keeps
    )
    {
        if (reader.Object("customer") is { } reference)
            return References.Customer(organization, reference, "customer");
        if (kind == DocumentKind.Invoice || (kind == DocumentKind.CreditNote && known is null))
            throw new UpflowRefusal("\"customer\" is required");
        return keeps && !reader.Has("customer") ? known?.Customer : null;
    }

    private static string Currency(UpflowOrganization organization, FieldReader reader)
    {
        var currency = reader.Required("currency");
        return !organization.Options.Strict || CurrencyCodes.Has(currency)
            ? currency
            : throw new UpflowRefusal("\"currency\" must be an ISO 4217 code");
    }

    /// <summary>
    /// What is linked holds the document to its customer and currency, and to an amount that covers it. [assumed]
    /// </summary>
    private static void CheckLinks(UpflowOrganization organization, UpflowDocument known, UpflowDocument draft)
    {
        if (known.Pairs.Count == 0)
            return;
        if (known.Currency != draft.Currency)
            throw new UpflowRefusal("\"currency\" can not be changed while the document is linked");
        if (known.Customer?.Top != draft.Customer?.Top)
            throw new UpflowRefusal("\"customer\" can not be changed while the document is linked");
        if (organization.Options.AmountBelowLinksRefused && draft.Amount < known.Linked)
            throw new UpflowRefusal(
                $"\"{(known.Kind.IsPaper ? "grossAmount" : "amount")}\" ({draft.Amount}) is below what is linked "
                    + $"({known.Linked})"
            );
    }

    private static void Copy(UpflowDocument from, UpflowDocument to)
    {
        (to.Customer, to.Currency, to.Amount, to.Net) = (from.Customer, from.Currency, from.Amount, from.Net);
        (to.Number, to.Name, to.Date, to.DueDate) = (from.Number, from.Name, from.Date, from.DueDate);
        (to.Instrument, to.BankAccountId) = (from.Instrument, from.BankAccountId);
        (to.DunningPlanId, to.CustomFields) = (from.DunningPlanId, from.CustomFields);
    }

    /// <summary>
    /// What a payment's or refund's own body links it with; its elements are as in /reconcile. [assumed]
    /// </summary>
    private static IReadOnlyList<LinkSide> Sides(
        UpflowOrganization organization,
        DocumentKind kind,
        FieldReader reader
    ) =>
        kind.IsPaper ? []
        : kind == DocumentKind.Payment ? LinkSides.Read(organization, reader, "linkedInvoices", DocumentKind.Invoice)
        :
        [
            .. LinkSides.Read(organization, reader, "linkedPayments", DocumentKind.Payment),
            .. LinkSides.Read(organization, reader, "linkedCreditNotes", DocumentKind.CreditNote),
        ];

    private static void Link(
        UpflowOrganization organization,
        UpflowDocument document,
        IReadOnlyList<LinkSide> sides,
        bool made
    )
    {
        try
        {
            organization.Links.Put(
                $"{document.Kind.Path}/{document.Id}",
                [.. sides, new LinkSide(document, sides.Sum(s => s.Amount))],
                organization.Options.RefundFreesLinks,
                organization.Now
            );
        }
        catch (UpflowRefusal) when (made)
        {
            document.Customer?.Documents.Remove(document);
            organization.Of(document.Kind).Remove(document);
            throw;
        }
    }
}
