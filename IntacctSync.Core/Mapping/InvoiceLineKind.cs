namespace IntacctSync.Core.Mapping;

/// <summary>What a line of an invoice stands for, and so by which account it is booked.</summary>
public enum InvoiceLineKind
{
    Item,
    Discount,
    Tax,
    Fee,
}
