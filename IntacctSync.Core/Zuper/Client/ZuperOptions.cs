using System.Globalization;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper.Client;

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

    /// <summary>
    /// How long one request may take, its answer's body included. Keyword searches were seen to take 14 seconds.
    /// </summary>
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

/// <summary>Says of each wrong setting its key, what was found and what is allowed.</summary>
internal sealed class ZuperOptionsValidator : IValidateOptions<ZuperOptions>
{
    public ValidateOptionsResult Validate(string? name, ZuperOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(ZuperOptions options)
    {
        var hosts = Hosts(options.AllowedHosts, out var wrongHosts);
        if (wrongHosts is not null)
            yield return $"{ZuperOptions.AllowedHostsKey}: {wrongHosts}";
        if (
            !Uri.TryCreate(options.AccountsEndpoint, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("https" or "http")
        )
            yield return $"{ZuperOptions.AccountsEndpointKey}: found '{options.AccountsEndpoint}'; use an https "
                + "address "
                + $"such as https://accounts.zuperpro.com.";
        else if (hosts?.Objection(endpoint) is { } objection)
            yield return $"{ZuperOptions.AccountsEndpointKey}: {objection} The list is {ZuperOptions.AllowedHostsKey}.";
        if (options.UnreadableTimeout is { } text)
            yield return $"{ZuperOptions.TimeoutKey}: found '{text}'; use hours:minutes:seconds, such as 00:01:00.";
        else if (options.Timeout <= TimeSpan.Zero || options.Timeout > ZuperOptions.LongestTimeout)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{ZuperOptions.TimeoutKey}: found '{options.Timeout:c}'; use more than 00:00:00 and at most "
                    + $"{ZuperOptions.LongestTimeout:c}."
            );
    }

    private static HostAllowList? Hosts(string patterns, out string? problem)
    {
        try
        {
            problem = null;
            return HostAllowList.Parse(patterns);
        }
        catch (FormatException e)
        {
            problem = $"found '{patterns}'. {e.Message}";
            return null;
        }
    }
}
