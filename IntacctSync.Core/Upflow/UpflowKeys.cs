using IntacctSync.Core.Remote;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core.Upflow;

/// <summary>The configuration keys of Upflow.</summary>
internal static class UpflowKeys
{
    public const string Endpoint = "Upflow:Endpoint";

    /// <summary>When its feeds are due.</summary>
    public const string Timer = "Polling:Upflow";

    /// <summary>A line for each value that is wrong: what was found, and what is allowed.</summary>
    /// <param name="configuration">Where the keys are.</param>
    /// <param name="allowedHosts">The list of hosts that calls to apps may go to.</param>
    /// <param name="allowedHostsKey">The key of that list.</param>
    public static IEnumerable<string> Problems(
        IConfiguration configuration,
        string allowedHosts,
        string allowedHostsKey
    )
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint)
            yield break;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
            yield return $"{Endpoint} is '{endpoint}'; allowed is an https address such as https://api.upflow.io/v1.";
        else if (Objection(allowedHosts, address) is { } objection)
            yield return $"{Endpoint}: {objection} The list is {allowedHostsKey}.";
    }

    private static string? Objection(string allowedHosts, Uri address)
    {
        try
        {
            return HostAllowList.Parse(allowedHosts).Objection(address);
        }
        catch (FormatException)
        {
            // The list itself is wrong, and has its line already.
            return null;
        }
    }
}
