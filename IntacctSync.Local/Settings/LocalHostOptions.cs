using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Local.Settings;

/// <summary>What this host plays itself, who may call its operations, and where its telemetry goes.</summary>
internal sealed class LocalHostOptions : IValidatableObject
{
    public const string SandboxKey = "Sandbox";
    public const string CollectorKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Null where it depends on whether a connection is stored.</summary>
    [WordSetting(SandboxKey, "on", "once", "off")]
    public string? Sandbox { get; set; }

    /// <summary>Null where this host makes one.</summary>
    [Setting(AdminKey.Setting, "a text that nobody guesses")]
    public string? AdminApiKey
    {
        get;
        set => field = value?.Trim();
    }

    /// <summary>Null where no telemetry is exported. The exporter reads the same key.</summary>
    [HttpAddressSetting(
        CollectorKey,
        "the http or https address of an OpenTelemetry collector, such as http://127.0.0.1:4317"
    )]
    public string? Collector { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdminApiKey is not null && AdminKey.Objection(AdminApiKey) is { } objection)
            yield return new($"{AdminKey.Setting} {objection}, or to leave it out: then this host makes one.");
    }
}

[OptionsValidator]
internal sealed partial class LocalHostOptionsValidator : IValidateOptions<LocalHostOptions>;
