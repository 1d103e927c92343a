namespace IntacctSync.Core.Zuper;

/// <summary>A tax of a whole invoice.</summary>
/// <param name="Uid">Null when Zuper names none.</param>
/// <param name="Name">Null when Zuper names none.</param>
/// <param name="Rate">In percent.</param>
/// <param name="Amount">Null when Zuper names none.</param>
public sealed record ZuperInvoiceTax(string? Uid, string? Name, decimal? Rate, decimal? Amount);
