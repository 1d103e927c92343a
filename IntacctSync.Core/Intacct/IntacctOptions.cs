using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct;

/// <summary>Where Intacct is called, and for how long one call may last.</summary>
public sealed class IntacctOptions : IValidatableObject
{
    public const string EndpointKey = "Intacct:Endpoint";
    public const string AllowedHostsKey = "Intacct:AllowedHosts";

    /// <summary>Where sessions are opened; after that each session's own endpoint is called.</summary>
    /// <value>Default: https://api.intacct.com/ia/xml/xmlgw.phtml.</value>
    [HttpAddressSetting(EndpointKey, "an https address such as https://api.intacct.com/ia/xml/xmlgw.phtml")]
    public Uri Endpoint { get; set; } = new("https://api.intacct.com/ia/xml/xmlgw.phtml");

    /// <summary>
    /// The only hosts an endpoint may name, joined by ';', as <see cref="HostAllowList"/> reads them.
    /// </summary>
    /// <value>Default: *.intacct.com.</value>
    [Setting(AllowedHostsKey, "hosts, joined by ;", EmptyCounts = true)]
    public string AllowedHosts { get; set; } = "*.intacct.com";

    /// <summary>How long one request may take, its answer included; more than zero, at most an hour.</summary>
    /// <value>Default: 5 minutes.</value>
    [TimeSpanSetting("Intacct:Timeout", "00:00:00", "01:00:00", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        HostRules.Check(AllowedHostsKey, AllowedHosts, EndpointKey, Endpoint.OriginalString);
}

[OptionsValidator]
internal sealed partial class IntacctOptionsValidator : IValidateOptions<IntacctOptions>;
