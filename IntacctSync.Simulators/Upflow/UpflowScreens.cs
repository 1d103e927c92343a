using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;
using IntacctSync.Simulators.Upflow.Links;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// What people do in Upflow's own screens and in its customer portal. A record is named by its id, its externalId, its
/// number (<c>customId</c>), a customer also by its accountingRef. Amounts are in the currency's smallest unit. What is
/// not allowed throws, and changes nothing.
/// </summary>
public sealed partial class UpflowScreens
{
    private readonly UpflowOrganization _organization;

    internal UpflowScreens(UpflowOrganization organization) => _organization = organization;

    /// <summary>Pays invoices in the portal.</summary>
    /// <param name="invoices">Each with the amount to pay; null = what is open. All of one customer and
    /// currency.</param>
    /// <param name="rest">What is paid beyond that, linked to nothing.</param>
    /// <param name="instrument">One of Upflow's.</param>
    /// <param name="reference">The card processor's id; null = one is made up.</param>
    /// <param name="date">The day it was paid; null = today.</param>
    /// <returns>The payment's id. Its externalId is null.</returns>
    public string PayInPortal(
        IEnumerable<(string Invoice, long? Amount)> invoices,
        long rest = 0,
        string instrument = "CARD",
        string? reference = null,
        DateOnly? date = null
    ) =>
        Do(() =>
        {
            var sides = invoices
                .Select(i => (Document: Find(DocumentKind.Invoice, i.Invoice), i.Amount))
                .Select(i => new LinkSide(i.Document, i.Amount ?? i.Document.Open))
                .ToList();
            if (sides.Count == 0)
                throw new ArgumentException(
                    "A portal payment needs an invoice; TakePayment takes one without.",
                    nameof(invoices)
                );
            var first = sides[0].Document;
            var payment = Payment(
                first.Customer,
                first.Currency,
                sides.Sum(s => s.Amount) + rest,
                instrument,
                reference,
                date
            );
            try
            {
                Linked(payment, sides);
            }
            catch (UpflowRefusal)
            {
                _organization.Links.RemoveAll(payment, _organization.Now);
                DocumentWrite.Remove(_organization, payment);
                throw;
            }
            return payment.Id;
        });

    /// <summary>Takes a payment in the portal that is linked to nothing.</summary>
    /// <returns>The payment's id.</returns>
    public string TakePayment(
        string customer,
        long amount,
        string currency = "USD",
        string instrument = "CARD",
        string? reference = null,
        DateOnly? date = null
    ) => Do(() => Payment(Customer(customer), currency, amount, instrument, reference, date).Id);

    /// <summary>Links a payment to an invoice by hand.</summary>
    public void Link(string payment, string invoice, long amount) =>
        Do(() =>
        {
            Linked(Find(DocumentKind.Payment, payment), [new LinkSide(Find(DocumentKind.Invoice, invoice), amount)]);
            return 0;
        });

    /// <summary>
    /// Takes a payment off all invoices, or off one; it stays with its customer, and its refunds stay with it.
    /// </summary>
    public void Unlink(string payment, string? invoice = null) =>
        Do(() =>
        {
            var document = Find(DocumentKind.Payment, payment);
            List<UpflowDocument> paid = invoice is null
                ? [.. document.Pairs.Select(p => p.Debit).Where(d => d.Kind == DocumentKind.Invoice).Distinct()]
                : [Find(DocumentKind.Invoice, invoice)];
            foreach (var one in paid)
                _organization.Links.RemoveAll(document, _organization.Now, one);
            return 0;
        });

    /// <summary>Pays a payment back, or a part of it; its links give way, the newest first.</summary>
    /// <returns>The refund's id.</returns>
    public string Refund(string payment, long? amount = null, DateOnly? date = null) =>
        Do(() =>
        {
            var paid = Find(DocumentKind.Payment, payment);
            var refund = New(DocumentKind.Refund, paid.Customer, paid.Currency, amount ?? paid.Amount, date);
            (refund.Instrument, refund.Reference) = (paid.Instrument, paid.Reference);
            (refund.Type, refund.BankAccountId) = (paid.Type, paid.BankAccountId);
            try
            {
                _organization.Links.Put(
                    "screen/" + _organization.Ids.Next(),
                    [new LinkSide(refund, refund.Amount), new LinkSide(paid, refund.Amount)],
                    refundFrees: true,
                    _organization.Now
                );
            }
            catch (UpflowRefusal)
            {
                DocumentWrite.Remove(_organization, refund);
                throw;
            }
            return refund.Id;
        });

    /// <summary>
    /// The card processor takes a payment back after it was taken: the direct debit bounces, or the card is charged
    /// back.
    /// </summary>
    public void Fail(string payment)
    {
        switch (_organization.Options.LateFailure)
        {
            case LateFailure.Refund:
                Refund(payment);
                break;
            case LateFailure.Gone:
                Delete("payments", payment);
                break;
            default:
                SetStatus(payment, "FAILED");
                break;
        }
    }

    /// <summary>
    /// Says what has become of the money of a payment or a refund, such as PENDING, SUCCEEDED or FAILED.
    /// </summary>
    public void SetStatus(string payment, string status) =>
        Do(() =>
        {
            var document = TryFind(DocumentKind.Refund, payment) ?? Find(DocumentKind.Payment, payment);
            (document.Status, document.ModifiedAt) = (status, _organization.Now);
            if (document.HasFailed && _organization.Options.LateFailure == LateFailure.Status)
                _organization.Links.RemoveAll(document, _organization.Now);
            return 0;
        });

    /// <summary>Adds a custom field.</summary>
    /// <returns>Its id.</returns>
    public string AddCustomField(string name, string entity, string type = "TEXT") =>
        Do(() =>
        {
            var field = new CustomField(_organization.Ids.Next(), name, entity, type);
            _organization.CustomFields.Add(field);
            return field.Id;
        });

    /// <summary>Adds a bank account.</summary>
    /// <returns>Its id.</returns>
    public string AddBankAccount(string name) =>
        Do(() =>
        {
            var account = new SetupRecord(_organization.Ids.Next(), name);
            _organization.BankAccounts.Add(account);
            return account.Id;
        });

    /// <summary>Deletes an invoice, a credit note, a payment or a refund by hand; its links go with it.</summary>
    /// <param name="list">Its list, such as <c>credit_notes</c>.</param>
    /// <param name="name">Which one.</param>
    public void Delete(string list, string name) =>
        Do(() =>
        {
            var document = Find(Kind(list), name);
            _organization.Links.RemoveAll(document, _organization.Now);
            DocumentWrite.Remove(_organization, document);
            return 0;
        });

    /// <summary>A copy of a record as the API shows it; null where there is none.</summary>
    /// <param name="list">Its list, such as <c>customers</c> or <c>credit_notes</c>.</param>
    /// <param name="name">Which one.</param>
    public JsonObject? Record(string list, string name) =>
        Do(() =>
        {
            var json = new RecordJson(_organization, "");
            return list == "customers"
                ? TryCustomer(name) is { } customer
                    ? json.Customer(customer)
                    : null
                : TryFind(Kind(list), name) is { } document
                    ? json.Document(document)
                    : null;
        });

    /// <summary>Copies of all records of a list, in the order they were made.</summary>
    public IReadOnlyList<JsonObject> Records(string list) =>
        Do(() =>
        {
            var json = new RecordJson(_organization, "");
            return list == "customers"
                ? _organization.Customers.All.Select(json.Customer).ToList()
                : _organization.Of(Kind(list)).All.Select(json.Document).ToList();
        });

    /// <summary>
    /// The links by name: <c>externalId</c>, and <c>pairs</c> of what is joined, each with its <c>amountLinked</c>.
    /// </summary>
    public IReadOnlyList<JsonObject> Links() => Do(() => _organization.Links.All.Select(RecordJson.Link).ToList());

    /// <summary>What a customer owes in a currency; below 0 where it has more to its credit.</summary>
    public long Balance(string customer, string currency) => Do(() => Customer(customer).Balance(currency));

    /// <summary>What is open of an invoice.</summary>
    public long Outstanding(string invoice) => Do(() => Find(DocumentKind.Invoice, invoice).Open);

    /// <summary>What is linked to nothing of an invoice, a credit note, a payment or a refund.</summary>
    public long Unlinked(string list, string name) => Do(() => Find(Kind(list), name).Open);

    /// <summary>The PDF of an invoice or a credit note; null where it has none.</summary>
    public byte[]? Pdf(string name) =>
        Do(() => (TryFind(DocumentKind.Invoice, name) ?? TryFind(DocumentKind.CreditNote, name))?.Pdf?.ToArray());

    private UpflowDocument Payment(
        UpflowCustomer? customer,
        string currency,
        long amount,
        string instrument,
        string? reference,
        DateOnly? date
    )
    {
        var payment = New(DocumentKind.Payment, customer, currency, amount, date);
        (payment.Instrument, payment.Type) = (instrument, _organization.Options.PortalType);
        payment.Reference = reference ?? _organization.Ids.Processor();
        payment.Status = "SUCCEEDED";
        return payment;
    }

    private UpflowDocument New(
        DocumentKind kind,
        UpflowCustomer? customer,
        string currency,
        long amount,
        DateOnly? date
    )
    {
        if (amount <= 0)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "An amount is above 0.");
        var document = new UpflowDocument
        {
            Id = _organization.Ids.Next(),
            Kind = kind,
            CreatedAt = _organization.Now,
            ModifiedAt = _organization.Now,
            Customer = customer,
            Currency = currency,
            Amount = amount,
            Date = date?.ToDateTime(TimeOnly.MinValue) ?? _organization.Now.UtcDateTime.Date,
        };
        _organization.Of(kind).Add(document);
        customer?.Documents.Add(document);
        return document;
    }

    private void Linked(UpflowDocument payment, IReadOnlyList<LinkSide> sides)
    {
        foreach (var side in sides)
            _organization.Links.Put(
                "screen/" + _organization.Ids.Next(),
                [side, new LinkSide(payment, side.Amount)],
                refundFrees: true,
                _organization.Now
            );
    }

    private T Do<T>(Func<T> act)
    {
        lock (_organization.Gate)
        {
            try
            {
                return act();
            }
            catch (UpflowRefusal e)
            {
                throw new InvalidOperationException(e.Message, e);
            }
        }
    }

    private static DocumentKind Kind(string list) =>
        DocumentKind.All.FirstOrDefault(k => k.Path == list)
        ?? throw new ArgumentException($"No list is named '{list}'; there are {Lists}.", nameof(list));

    private static string Lists => string.Join(", ", DocumentKind.All.Select(k => k.Path));

    private UpflowDocument Find(DocumentKind kind, string name) =>
        TryFind(kind, name)
        ?? throw new ArgumentException($"No {kind.Word.ToLowerInvariant()} is named '{name}'.", nameof(name));

    private UpflowDocument? TryFind(DocumentKind kind, string name)
    {
        var set = _organization.Of(kind);
        return set.ById(name) ?? set.ByExternalId(name) ?? set.All.LastOrDefault(d => d.Number == name);
    }

    private UpflowCustomer Customer(string name) =>
        TryCustomer(name) ?? throw new ArgumentException($"No customer is named '{name}'.", nameof(name));

    private UpflowCustomer? TryCustomer(string name) =>
        _organization.Customers.ById(name)
        ?? _organization.Customers.ByExternalId(name)
        ?? _organization.Customers.All.FirstOrDefault(c => c.AccountingRef == name);
}
