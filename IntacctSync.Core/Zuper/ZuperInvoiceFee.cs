namespace IntacctSync.Core.Zuper;

/// <summary>A fee of an invoice.</summary>
/// <param name="Name">Null when Zuper names none.</param>
/// <param name="Amount">Null when Zuper names none under a name that is known: the invoice's sum then can't be told.</param>
public sealed record ZuperInvoiceFee(string? Name, decimal? Amount);
