using System.Globalization;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper;

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
        if (!Uri.TryCreate(options.AccountsEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http"))
            yield return $"{ZuperOptions.AccountsEndpointKey}: found '{options.AccountsEndpoint}'; use an https address such as https://accounts.zuperpro.com.";
        else if (hosts?.Objection(endpoint) is { } objection)
            yield return $"{ZuperOptions.AccountsEndpointKey}: {objection} The list is {ZuperOptions.AllowedHostsKey}.";
        if (options.UnreadableTimeout is { } text)
            yield return $"{ZuperOptions.TimeoutKey}: found '{text}'; use hours:minutes:seconds, such as 00:01:00.";
        else if (options.Timeout <= TimeSpan.Zero || options.Timeout > ZuperOptions.LongestTimeout)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{ZuperOptions.TimeoutKey}: found '{options.Timeout:c}'; use more than 00:00:00 and at most {ZuperOptions.LongestTimeout:c}.");
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
