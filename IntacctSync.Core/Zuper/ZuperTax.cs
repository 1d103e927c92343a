namespace IntacctSync.Core.Zuper;

/// <summary>How an organization is taxed.</summary>
/// <param name="Exempt">Null when Zuper does not say.</param>
/// <param name="Group">The tax group's uid, or its text when it is no object.</param>
public sealed record ZuperTax(bool? Exempt, string? Group);
