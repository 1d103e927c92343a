using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Links;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>Records as the API shows them.</summary>
/// <param name="organization">Where they are.</param>
/// <param name="origin">Scheme and host that PDFs can be had from.</param>
internal sealed class RecordJson(UpflowOrganization organization, string origin)
{
    private UpflowSimulatorOptions Options => organization.Options;

    public JsonObject Customer(UpflowCustomer customer)
    {
        var json = new JsonObject
        {
            ["id"] = customer.Id,
            ["externalId"] = customer.ExternalId,
            ["name"] = customer.Name,
            ["companyName"] = customer.Name,
            ["vatNumber"] = customer.VatNumber,
            ["accountingRef"] = customer.AccountingRef,
            ["accountManagerId"] = customer.AccountManagerId,
            ["dunningPlanId"] = customer.DunningPlanId,
            ["address"] = customer.Address?.DeepClone(),
            ["paymentMethods"] = customer.PaymentMethods?.DeepClone(),
            ["parent"] = customer.Parent is { } parent
                ? new JsonObject { ["id"] = parent.Id, ["externalId"] = parent.ExternalId }
                : null,
            ["directUrl"] = $"https://app.upflow.io/customers/{customer.Id}",
            ["balance"] = customer.Balance(Options.Currency),
            ["countInvoicesDue"] = customer.Documents.Count(d => d.Kind == DocumentKind.Invoice && !d.IsSettled),
            ["customFields"] = Fields(customer),
            ["contacts"] = new JsonArray([.. customer.Contacts.Select(Contact)]),
        };
        return Times(json, customer);
    }

    public JsonObject Contact(UpflowContact contact) =>
        Times(
            new JsonObject
            {
                ["id"] = contact.Id,
                ["externalId"] = contact.ExternalId,
                ["firstName"] = contact.FirstName,
                ["lastName"] = contact.LastName,
                ["email"] = contact.Email,
                ["phone"] = contact.Phone,
                ["position"] = contact.Position,
                ["isMain"] = contact.IsMain,
                ["customFields"] = Fields(contact),
            },
            contact
        );

    public JsonObject Document(UpflowDocument document) =>
        Times(
            document.Kind == DocumentKind.Invoice ? Invoice(document)
                : document.Kind == DocumentKind.CreditNote ? CreditNote(document)
                : Money(document),
            document
        );

    public static JsonObject Link(UpflowLink link) =>
        new()
        {
            ["externalId"] = link.Key,
            ["pairs"] = new JsonArray([
                .. link.Pairs.Select(p =>
                    (JsonNode)
                        new JsonObject
                        {
                            [p.Debit.Kind.Path] = p.Debit.ExternalId ?? p.Debit.Id,
                            [p.Credit.Kind.Path] = p.Credit.ExternalId ?? p.Credit.Id,
                            ["amountLinked"] = p.Amount,
                        }
                ),
            ]),
        };

    private JsonObject Invoice(UpflowDocument invoice)
    {
        var json = Paper(invoice);
        json["customerId"] = invoice.Customer?.Id;
        json["payments"] = new JsonArray([
            .. invoice
                .Pairs.Where(p => p.Credit.Kind == DocumentKind.Payment)
                .Select(p =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["amount"] = p.Amount,
                            ["executedAt"] = Day(p.Credit.Date),
                            ["instrument"] = p.Credit.Instrument,
                        }
                ),
        ]);
        json["state"] = invoice.State(organization.Now);
        json["status"] = invoice.State(organization.Now);
        json["amountOutstanding"] = invoice.Open;
        json["paidDate"] = Day(invoice.PaidDate);
        json["source"] = "API";
        json["directUrl"] = $"https://app.upflow.io/invoices/{invoice.Id}";
        json["dunningPlanId"] = invoice.DunningPlanId;
        return json;
    }

    private JsonObject CreditNote(UpflowDocument note)
    {
        var json = Paper(note);
        json["customer"] = Customer(note);
        json["amountLinked"] = note.Linked;
        json["linkedInvoices"] = Linked(note, DocumentKind.Invoice);
        return json;
    }

    private JsonObject Money(UpflowDocument money)
    {
        var json = new JsonObject
        {
            ["id"] = money.Id,
            ["externalId"] = money.ExternalId,
            ["currency"] = money.Currency,
            ["amount"] = money.Amount,
            ["instrument"] = money.Instrument,
            ["validatedAt"] = Day(money.Date),
            ["bankAccountId"] = money.BankAccountId,
            ["type"] = money.Type,
            ["amountLinked"] = money.Linked,
            ["customer"] = Customer(money),
            ["customFields"] = Fields(money),
            [Options.ReferenceField] = money.Reference,
        };
        if (Options.PaymentStatusField is { } field && money.Status is { } status)
            json[field] = status;
        if (money.Kind == DocumentKind.Payment)
            json["linkedInvoices"] = Linked(money, DocumentKind.Invoice);
        else
        {
            json["linkedTransactions"] = Linked(money, DocumentKind.Payment, "transaction");
            json["linkedCreditNotes"] = Linked(money, DocumentKind.CreditNote, "creditNote");
        }
        return json;
    }

    private JsonObject Paper(UpflowDocument paper) =>
        new()
        {
            ["id"] = paper.Id,
            ["externalId"] = paper.ExternalId,
            ["customId"] = paper.Number,
            ["issuedAt"] = Day(paper.Date),
            ["dueDate"] = Day(paper.DueDate),
            ["name"] = paper.Name,
            ["currency"] = paper.Currency,
            ["grossAmount"] = paper.Amount,
            ["netAmount"] = paper.Net,
            ["pdfUrl"] = paper.Pdf is null ? null : $"{origin}/_sim/pdf/{paper.Id}",
            ["customFields"] = Fields(paper),
        };

    private static JsonObject? Customer(UpflowDocument document) =>
        document.Customer is not { } customer
            ? null
            : new JsonObject
            {
                ["id"] = customer.Id,
                ["externalId"] = customer.ExternalId,
                ["companyName"] = customer.Name,
                ["accountingRef"] = customer.AccountingRef,
            };

    private JsonArray Linked(UpflowDocument document, DocumentKind kind, string name = "invoice") =>
        [
            .. document
                .Pairs.Where(p => p.Other(document).Kind == kind)
                .Select(p => new JsonObject
                {
                    ["linkedAmount"] = p.Amount,
                    [name] = kind == DocumentKind.Invoice ? Brief(p.Debit) : Short(p.Other(document)),
                }),
        ];

    private JsonObject Brief(UpflowDocument invoice) =>
        new()
        {
            ["id"] = invoice.Id,
            ["externalId"] = invoice.ExternalId,
            ["customId"] = invoice.Number,
            ["currency"] = invoice.Currency,
            ["status"] = invoice.State(organization.Now),
            ["amountOutstanding"] = invoice.Open,
            ["grossAmount"] = invoice.Amount,
            ["netAmount"] = invoice.Net,
            ["name"] = invoice.Name,
            ["issuedAt"] = Day(invoice.Date),
            ["dueDate"] = Day(invoice.DueDate),
            ["paidDate"] = Day(invoice.PaidDate),
        };

    private static JsonObject Short(UpflowDocument document) =>
        new() { ["id"] = document.Id, ["externalId"] = document.ExternalId };

    private static JsonArray Fields(UpflowRecord record) =>
        [.. (record.CustomFields ?? []).Select(f => new JsonObject { ["id"] = f.Key, ["value"] = f.Value })];

    private JsonObject Times(JsonObject json, UpflowRecord record)
    {
        if (Options.TellsWhenMade)
            json["createdAt"] = Day(record.CreatedAt.UtcDateTime);
        json["modifiedAt"] = Day(record.ModifiedAt.UtcDateTime);
        return json;
    }

    private static string? Day(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
