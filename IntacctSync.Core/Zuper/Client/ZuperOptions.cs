using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>What is configured for all accounts of Zuper.</summary>
public sealed class ZuperOptions : IValidatableObject
{
    public const string AccountsEndpointKey = "Zuper:AccountsEndpoint";
    public const string AllowedHostsKey = "Apps:AllowedHosts";
    public const string TimeoutKey = "Zuper:Timeout";

    private const string Usual = "https://accounts.zuperpro.com";

    /// <summary>Where a company's region is looked up (developers.zuper.co, Getting Started).</summary>
    [HttpAddressSetting(AccountsEndpointKey, "an https address such as " + Usual)]
    public string AccountsEndpoint { get; set; } = Usual;

    /// <summary>The hosts that calls may go to, separated by semicolons.</summary>
    [Setting(AllowedHostsKey, "hosts, joined by ;", EmptyCounts = true)]
    public string AllowedHosts { get; set; } = "*.zuperpro.com;*.upflow.io";

    /// <summary>
    /// How long one request may take, its answer's body included. Keyword searches were seen to take 14 seconds.
    /// </summary>
    [TimeSpanSetting(TimeoutKey, "00:00:00", "00:10:00", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The parsed <see cref="AllowedHosts"/>.</summary>
    /// <exception cref="FormatException">A pattern is no host.</exception>
    internal HostAllowList Hosts => field ??= HostAllowList.Parse(AllowedHosts);

    /// <remarks>Who syncs no connection of Zuper need not name its host, so the default address is not held to the
    /// list.</remarks>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HostRules.Check(
            AllowedHostsKey,
            AllowedHosts,
            AccountsEndpointKey,
            AccountsEndpoint == Usual ? null : AccountsEndpoint
        );
}

[OptionsValidator]
internal sealed partial class ZuperOptionsValidator : IValidateOptions<ZuperOptions>;
