using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>Who owes.</summary>
internal sealed class UpflowCustomer : UpflowRecord
{
    public string Name { get; set; } = "";

    public string? VatNumber { get; set; }

    public string? AccountingRef { get; set; }

    public string? AccountManagerId { get; set; }

    public string? DunningPlanId { get; set; }

    public JsonObject? Address { get; set; }

    public JsonObject? PaymentMethods { get; set; }

    public UpflowCustomer? Parent { get; set; }

    public List<UpflowContact> Contacts { get; } = [];

    /// <summary>Its invoices, credit notes, payments and refunds.</summary>
    public HashSet<UpflowDocument> Documents { get; } = [];

    /// <summary>The uppermost customer of its group, itself where it has no parent.</summary>
    public UpflowCustomer Top
    {
        get
        {
            var top = this;
            while (top.Parent is { } parent)
                top = parent;
            return top;
        }
    }

    /// <summary>What it owes in a currency, in its smallest unit; below 0 where it has more to its credit.</summary>
    public long Balance(string currency) =>
        Documents.Where(d => d.Currency == currency).Sum(d => d.Kind.IsDebit ? d.Open : -d.Open);
}
