using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>What is configured for all accounts of Upflow.</summary>
public sealed class UpflowOptions : IValidatableObject
{
    public const string EndpointKey = "Upflow:Endpoint";

    /// <summary>When its feeds are due.</summary>
    public const string TimerKey = "Polling:Upflow";

    private const string AllowedHostsKey = "Apps:AllowedHosts";

    private const string Usual = "https://api.upflow.io/v1";

    [HttpAddressSetting(EndpointKey, "an https address such as " + Usual)]
    public string Endpoint { get; set; } = Usual;

    /// <summary>The hosts that calls may go to, separated by semicolons; the same list for every app.</summary>
    [Setting(AllowedHostsKey, "hosts, joined by ;", EmptyCounts = true)]
    public string AllowedHosts { get; set; } = "*.zuperpro.com;*.upflow.io";

    /// <summary>The parsed <see cref="AllowedHosts"/>.</summary>
    /// <exception cref="FormatException">A pattern is no host.</exception>
    internal HostAllowList Hosts => field ??= HostAllowList.Parse(AllowedHosts);

    /// <remarks>Who syncs no connection of Upflow need not name its host, so the default address is not held to the
    /// list.</remarks>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HostRules.Check(AllowedHostsKey, AllowedHosts, EndpointKey, Endpoint == Usual ? null : Endpoint);
}

[OptionsValidator]
internal sealed partial class UpflowOptionsValidator : IValidateOptions<UpflowOptions>;
