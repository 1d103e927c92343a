using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core;

/// <summary>Who may call the operations of the host in Azure, and where its telemetry goes.</summary>
internal sealed class AzureHostOptions : IValidatableObject
{
    /// <summary>
    /// Where telemetry goes; read by the Functions host as well, which is why it is not named like the others.
    /// </summary>
    public const string TelemetryKey = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The beginning of a setting that refers to a secret which the platform could not read.</summary>
    private const string Unresolved = "@Microsoft.KeyVault(";

    /// <summary>Null where operations are not served.</summary>
    [Setting(AdminKey.Setting, "a text that nobody guesses")]
    public string? AdminApiKey
    {
        get;
        set => field = value?.Trim();
    }

    /// <summary>Null where no telemetry is exported.</summary>
    [Setting(TelemetryKey, "a connection string")]
    public string? TelemetryConnection { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdminApiKey?.StartsWith(Unresolved, StringComparison.OrdinalIgnoreCase) == true)
            yield return new(
                $"{AdminKey.Setting} is a reference to a secret that the platform could not read; allowed is one to a "
                    + $"secret that exists and that the app's identity may read. Mend it, then restart the app."
            );
        else if (AdminApiKey is not null && AdminKey.Objection(AdminApiKey) is { } objection)
            yield return new(
                $"{AdminKey.Setting} {objection}, or to leave it out: then the operations API is not served."
            );
        if (TelemetryConnection?.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) == false)
            yield return new(
                $"{TelemetryKey} is no connection string; allowed is one that begins with InstrumentationKey=, "
                    + $"or to leave it out."
            );
    }
}

[OptionsValidator]
internal sealed partial class AzureHostOptionsValidator : IValidateOptions<AzureHostOptions>;
