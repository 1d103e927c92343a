using System.Text.Json;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// A record as Upflow shows it, in a list or as the answer to a write. Each member is null where Upflow does not say.
/// </summary>
/// <param name="Json">All of it.</param>
public readonly record struct UpflowRead(JsonElement Json)
{
    /// <summary>Upflow's own id, as it is written; <see cref="UpflowIds.Own"/> is for comparing.</summary>
    public string? Id => UpflowJson.Text(Json, "id");

    /// <summary>The id that an integration gave it; null for what was made in Upflow.</summary>
    public string? ExternalId => UpflowJson.Text(Json, "externalId");

    public string? CustomId => UpflowJson.Text(Json, "customId");

    public string? Name => UpflowJson.Text(Json, "name");

    public string? DirectUrl => UpflowJson.Text(Json, "directUrl");

    /// <summary>
    /// Such as PAID; some answers call it <c>state</c>, some <c>status</c>. Of a payment what became of its money
    /// [assumed].
    /// </summary>
    public string? State => UpflowJson.Text(Json, "state") ?? UpflowJson.Text(Json, "status");

    /// <summary>
    /// What of its amounts is there and is no whole number, in words; null where there is nothing of the kind. Such an
    /// amount is never taken for none.
    /// </summary>
    public string? Unreadable
    {
        get
        {
            foreach (var name in (string[])["amount", "grossAmount", "amountOutstanding", "amountLinked"])
            {
                if (Misread(Json, name) is { } why)
                    return why;
            }

            foreach (var list in (string[])["linkedInvoices", "linkedTransactions", "linkedCreditNotes"])
            {
                foreach (var link in UpflowJson.List(Json, list))
                {
                    if (Misread(link, "linkedAmount") is { } why)
                        return $"of {list}, {why}";
                }
            }

            return null;
        }
    }

    private static string? Misread(JsonElement json, string name) =>
        UpflowJson.Whole(json, name) is null
        && UpflowJson.Member(json, name) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } said
            ? $"{name} is {WholeCharacters.Cut(VisibleText.Of(said.GetRawText()), 40)}, and no whole number"
            : null;

    public string? Currency => UpflowJson.Text(Json, "currency");

    public long? GrossAmount => UpflowJson.Whole(Json, "grossAmount");

    public long? AmountOutstanding => UpflowJson.Whole(Json, "amountOutstanding");

    /// <summary>Of a payment or a refund.</summary>
    public long? Amount => UpflowJson.Whole(Json, "amount");

    public long? AmountLinked => UpflowJson.Whole(Json, "amountLinked");

    /// <summary>
    /// What is not linked of a payment, a credit note or a refund. Answers about payments were seen to say what is
    /// linked; those about the others may only list it, and what a list leaves out is not linked [assumed].
    /// </summary>
    public long? Unlinked =>
        (Amount ?? GrossAmount) is { } whole
            ? whole
                - (
                    AmountLinked
                    ?? LinkedInvoices.Concat(LinkedTransactions).Concat(LinkedCreditNotes).Sum(static l => l.Amount)
                )
            : null;

    /// <summary>What a customer owes, less what it has paid ahead.</summary>
    public long? Balance => UpflowJson.Whole(Json, "balance");

    public string? Instrument => UpflowJson.Text(Json, "instrument");

    /// <summary>Of a payment: <c>ACCOUNT</c> for one that an integration sent.</summary>
    public string? Type => UpflowJson.Text(Json, "type");

    public DateOnly? ValidatedAt => UpflowJson.Day(Json, "validatedAt");

    /// <summary>When it was made in Upflow [assumed name].</summary>
    public DateTimeOffset? CreatedAt => UpflowJson.Time(Json, "createdAt");

    public DateTimeOffset? ModifiedAt => UpflowJson.Time(Json, "modifiedAt");

    /// <summary>The payment's id at who took it [assumed names; none is published].</summary>
    public string? Reference =>
        UpflowJson.Text(Json, "reference")
        ?? UpflowJson.Text(Json, "paymentReference")
        ?? UpflowJson.Text(Json, "externalReference");

    public UpflowRead? Customer =>
        UpflowJson.Object(Json, "customer") is { } customer ? new UpflowRead(customer) : null;

    /// <summary>Upflow's id of the customer, however it is written.</summary>
    public string? CustomerId => Customer?.Id ?? UpflowJson.Text(Json, "customerId");

    /// <summary>Of a payment: the invoices that it pays, each with the amount.</summary>
    public IEnumerable<(UpflowRead Invoice, long Amount)> LinkedInvoices => Linked("linkedInvoices", "invoice");

    /// <summary>Of a refund: what it pays back [assumed shape].</summary>
    public IEnumerable<(UpflowRead Transaction, long Amount)> LinkedTransactions =>
        Linked("linkedTransactions", "transaction");

    /// <summary>Of a refund: the credit notes that it takes back [assumed shape].</summary>
    public IEnumerable<(UpflowRead CreditNote, long Amount)> LinkedCreditNotes =>
        Linked("linkedCreditNotes", "creditNote");

    /// <summary>The ids of what a refund pays back, whatever the amounts are.</summary>
    public IEnumerable<string> LinkedTransactionIds
    {
        get
        {
            foreach (var link in UpflowJson.List(Json, "linkedTransactions"))
            {
                if (UpflowJson.Object(link, "transaction") is { } linked && new UpflowRead(linked).Id is { } id)
                    yield return id;
            }
        }
    }

    private IEnumerable<(UpflowRead Record, long Amount)> Linked(string list, string of)
    {
        foreach (var link in UpflowJson.List(Json, list))
        {
            if (UpflowJson.Object(link, of) is { } linked && UpflowJson.Whole(link, "linkedAmount") is { } amount)
                yield return (new UpflowRead(linked), amount);
        }
    }
}

/// <summary>A custom field as an organisation has defined it.</summary>
/// <param name="Id">By which values are written.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Entity">What it belongs to, such as CUSTOMER; null where Upflow does not say [assumed names].</param>
/// <param name="Type">What it holds, such as TEXT; null where Upflow does not say.</param>
public sealed record UpflowFieldDefinition(string Id, string Name, string? Entity, string? Type);
