using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>One line of an invoice. Null leaves a field out.</summary>
public sealed record InvoiceLine
{
    /// <summary>
    /// Either this or <see cref="AccountLabel"/>, depending on what the company's Accounts Receivable uses.
    /// </summary>
    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }

    /// <summary>In the transaction's currency; Intacct rounds to two decimals, so it should have no more.</summary>
    public required decimal Amount { get; init; }

    public string? Memo { get; init; }

    /// <summary>A LOCATIONID; required in a company of several entities.</summary>
    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ProjectId { get; init; }

    public string? CustomerId { get; init; }

    public string? ItemId { get; init; }

    public string? ClassId { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    /// <summary>In the order of <c>lineitem</c> and <c>updatelineitem</c>, which is the same for these.</summary>
    internal void Write(XmlWriter writer)
    {
        writer.Field("accountlabel", AccountLabel);
        writer.Field("glaccountno", GlAccountNo);
        writer.Money("amount", Amount);
        writer.Field("memo", Memo);
        writer.Field("locationid", LocationId);
        writer.Field("departmentid", DepartmentId);
        writer.LegacyCustomFields(CustomFields);
        writer.Field("projectid", ProjectId);
        writer.Field("customerid", CustomerId);
        writer.Field("itemid", ItemId);
        writer.Field("classid", ClassId);
    }

    /// <exception cref="ArgumentException">Both an account and a label, or on a new line neither.</exception>
    internal void Check(string what, bool isNew)
    {
        if (GlAccountNo is not null && AccountLabel is not null)
            throw new ArgumentException(
                $"To {what}, a line takes glaccountno or accountlabel and had both ('{GlAccountNo}', "
                    + $"'{AccountLabel}'): leave one out.",
                nameof(what)
            );
        if (isNew)
            Required.On(what, ("glaccountno or accountlabel of each line", GlAccountNo ?? AccountLabel));
    }
}
