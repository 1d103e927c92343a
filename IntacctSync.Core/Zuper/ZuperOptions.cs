using System.Globalization;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core.Zuper;

/// <summary>What is configured for all accounts of Zuper.</summary>
public sealed class ZuperOptions
{
    public const string AccountsEndpointKey = "Zuper:AccountsEndpoint";
    public const string AllowedHostsKey = "Apps:AllowedHosts";
    public const string TimeoutKey = "Zuper:Timeout";

    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Where a company's region is looked up (developers.zuper.co, Getting Started).</summary>
    public string AccountsEndpoint { get; set; } = "https://accounts.zuperpro.com";

    /// <summary>The hosts that calls may go to, separated by semicolons.</summary>
    public string AllowedHosts { get; set; } = "*.zuperpro.com;*.upflow.io";

    /// <summary>How long one request may take, its answer's body included. Keyword searches were seen to take 14 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A time-out that was configured and could not be read.</summary>
    internal string? UnreadableTimeout { get; private set; }

    /// <summary>The parsed <see cref="AllowedHosts"/>.</summary>
    /// <exception cref="FormatException">A pattern is no host.</exception>
    internal HostAllowList Hosts => field ??= HostAllowList.Parse(AllowedHosts);

    internal void Read(IConfiguration configuration)
    {
        AccountsEndpoint = configuration[AccountsEndpointKey] ?? AccountsEndpoint;
        AllowedHosts = configuration[AllowedHostsKey] ?? AllowedHosts;
        if (configuration[TimeoutKey] is not { } timeout)
            return;
        if (TimeSpan.TryParse(timeout, CultureInfo.InvariantCulture, out var parsed))
            Timeout = parsed;
        else
            UnreadableTimeout = timeout;
    }
}
