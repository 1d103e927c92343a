using IntacctSync.Core.Remote;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct;

/// <summary>The settings under <c>Intacct:</c>.</summary>
public sealed class IntacctOptions
{
    public const string Section = "Intacct";

    /// <summary>Where sessions are opened; after that each session's own endpoint is called.</summary>
    /// <value>Default: https://api.intacct.com/ia/xml/xmlgw.phtml.</value>
    public Uri Endpoint { get; set; } = new("https://api.intacct.com/ia/xml/xmlgw.phtml");

    /// <summary>
    /// The only hosts an endpoint may name, joined by ';', as <see cref="HostAllowList"/> reads them.
    /// </summary>
    /// <value>Default: *.intacct.com.</value>
    public string AllowedHosts { get; set; } = "*.intacct.com";

    /// <summary>How long one request may take, its answer included; more than zero, at most an hour.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Each thing that is wrong, as one line: the key, what was found, what is allowed.</summary>
    public IEnumerable<string> Problems()
    {
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(Timeout)}: found {Timeout:c}; allowed is more than 00:00:00 and at most "
                + $"01:00:00.";
        HostAllowList? allowed = null;
        string? listProblem = null;
        try
        {
            allowed = HostAllowList.Parse(AllowedHosts);
        }
        catch (FormatException e)
        {
            listProblem = $"{Section}:{nameof(AllowedHosts)}: {e.Message}";
        }

        if (listProblem is not null)
            yield return listProblem;
        if (Endpoint is null)
            yield return $"{Section}:{nameof(Endpoint)}: found nothing; give an https address of a host in "
                + $"{Section}:{nameof(AllowedHosts)}.";
        else if (allowed?.Objection(Endpoint) is { } objection)
            yield return $"{Section}:{nameof(Endpoint)}: {objection}";
    }
}

/// <summary>Stops the host at its start when a setting under <c>Intacct:</c> is wrong.</summary>
internal sealed class IntacctOptionsValidator : IValidateOptions<IntacctOptions>
{
    public ValidateOptionsResult Validate(string? name, IntacctOptions options)
    {
        var problems = options.Problems().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
