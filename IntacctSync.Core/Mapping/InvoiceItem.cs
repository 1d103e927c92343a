namespace IntacctSync.Core.Mapping;

/// <summary>The item that a product is in Intacct.</summary>
/// <param name="ItemId">ITEMID.</param>
/// <param name="Unit">The unit that it is sold in; null where that was not asked for or Intacct has none.</param>
public sealed record InvoiceItem(string ItemId, string? Unit);
