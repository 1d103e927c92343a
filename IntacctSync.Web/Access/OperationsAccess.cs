namespace IntacctSync.Web.Access;

/// <summary>Who may call the operations.</summary>
/// <param name="ApiKey">What <c>x-api-key</c> must be; null or empty where none is configured.</param>
/// <param name="WithoutKey">Who may call then.</param>
public sealed record OperationsAccess(string? ApiKey, WithoutKey WithoutKey)
{
    public const string ConfigurationKey = "Admin:ApiKey";

    /// <summary>Says whether there is a key, and never shows it.</summary>
    public override string ToString() => string.IsNullOrEmpty(ApiKey) ? $"no key, {WithoutKey}" : "by key";
}
