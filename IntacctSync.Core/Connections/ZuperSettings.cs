namespace IntacctSync.Core.Connections;

/// <summary>Which Zuper account. The API key and the webhook secret are secrets and kept elsewhere.</summary>
public sealed record ZuperSettings
{
    /// <summary>The login name, by which the account's region is looked up when <see cref="ApiUrl"/> is null.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The account's <c>dc_api_url</c>, without <c>/api</c>.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>IANA name of the account's time zone.</summary>
    public string TimeZone { get; init; } = "America/Chicago";
}
