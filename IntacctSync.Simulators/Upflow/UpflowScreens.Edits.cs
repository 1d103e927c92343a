namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// What people change of records that are there. [assumed]: that they can change all of this, that an amount stays
/// above nothing and what is linked, and that links stay when the customer changes.
/// </summary>
public sealed partial class UpflowScreens
{
    /// <summary>Changes an invoice, a credit note, a payment or a refund; what is null stays.</summary>
    /// <param name="list">Its list, such as <c>credit_notes</c>.</param>
    /// <param name="name">Which one.</param>
    /// <param name="number">Its <c>customId</c>; of a payment the processor's reference.</param>
    /// <param name="date">Its own date.</param>
    /// <param name="amount">With tax; no less than is linked.</param>
    /// <param name="customer">Whose it becomes.</param>
    /// <param name="due">When it is due.</param>
    public void Edit(
        string list,
        string name,
        string? number = null,
        DateOnly? date = null,
        long? amount = null,
        string? customer = null,
        DateOnly? due = null
    ) =>
        Do(() =>
        {
            var document = Find(Kind(list), name);
            if (amount <= 0 || amount < document.Linked)
                throw new ArgumentOutOfRangeException(nameof(amount), amount, $"{document.Linked} of it are linked.");
            if (document.Kind.IsPaper)
                document.Number = number ?? document.Number;
            else
                document.Reference = number ?? document.Reference;
            document.Date = date?.ToDateTime(TimeOnly.MinValue) ?? document.Date;
            document.DueDate = due?.ToDateTime(TimeOnly.MinValue) ?? document.DueDate;
            document.Amount = amount ?? document.Amount;
            if (customer is not null)
            {
                document.Customer?.Documents.Remove(document);
                document.Customer = Customer(customer);
                document.Customer.Documents.Add(document);
            }

            document.ModifiedAt = _organization.Now;
            return 0;
        });

    /// <summary>Gives a customer another name.</summary>
    public void Rename(string customer, string name) =>
        Do(() =>
        {
            var renamed = Customer(customer);
            (renamed.Name, renamed.ModifiedAt) = (name, _organization.Now);
            return 0;
        });
}
