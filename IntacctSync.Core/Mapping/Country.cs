namespace IntacctSync.Core.Mapping;

/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">English short name.</param>
internal sealed record Country(string Code, string Name);
