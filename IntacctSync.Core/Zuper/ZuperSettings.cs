namespace IntacctSync.Core.Zuper;

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

/// <summary>Who makes the CUSTOMERID of a new customer.</summary>
public enum CustomerIds
{
    /// <summary>We do: <c>Z</c> and 12 characters of a hash of the record's uid.</summary>
    Zuper,

    /// <summary>The company's document sequence does.</summary>
    Intacct,
}

/// <summary>How an Intacct customer that exists already is recognized as a record's counterpart.</summary>
public enum IdentifyCustomerBy
{
    None,
    Name,
    Email,
}
