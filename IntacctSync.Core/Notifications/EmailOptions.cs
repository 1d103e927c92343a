using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Notifications;

/// <summary>Whether, through which server and as whom failure e-mails are sent.</summary>
public sealed class EmailOptions : IValidatableObject
{
    private const string HostKey = "Email:Smtp:Host";
    private const string UserKey = "Email:Smtp:User";
    private const string PasswordKey = "Email:Smtp:Password";
    private const string FromKey = "Email:Smtp:From";

    /// <summary>Null where failures are written to the log only.</summary>
    [Setting(HostKey, "a host name")]
    public string? Host { get; set; }

    /// <summary>587 is where servers take mail that is sent on behalf of a user (RFC 6409).</summary>
    [WholeNumberSetting("Email:Smtp:Port", 1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Null where the server asks for no sign-in.</summary>
    [Setting(UserKey, "a text")]
    public string? User { get; set; }

    [Setting(PasswordKey, "a text")]
    public string? Password { get; set; }

    [Setting(FromKey, "an e-mail address")]
    public string? From { get; set; }

    /// <summary>Whether a server that offers no encryption is refused; without meaning on port 465.</summary>
    [FlagSetting("Email:Smtp:StartTls")]
    public bool StartTls { get; set; } = true;

    /// <summary>The address at which people reach this host, without a slash at the end; null where it is not known.
    /// Links in e-mails begin with it, and forms of the console may come from it.</summary>
    [HttpAddressSetting(
        "Email:LinkBase",
        "the address under which people reach the HTTP API, such as https://sync.example.com"
    )]
    public string? LinkBase
    {
        get;
        set => field = value?.TrimEnd('/');
    }

    /// <summary>Where callers on this host's own machine reach it, without a slash at the end; null where the host does
    /// not know, as in Azure. Not a setting: the host says it once it listens.</summary>
    internal string? OwnAddress
    {
        get;
        set => field = value?.TrimEnd('/');
    }

    /// <summary>What links for people begin with; null: they are paths of the console.</summary>
    internal string? Links => LinkBase ?? OwnAddress;

    /// <summary>What is said where somebody is to be told of failures and this host can send no mail.</summary>
    public const string NoServer =
        "This host has no mail server, so nobody is told of failures: they are written to its log only.";

    public bool On => Host is not null && From is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From is not null && !EmailAddress.IsOne(From))
            yield return new($"{FromKey} is '{From}'; allowed is an e-mail address.");
        if (Host is not null && From is null)
            yield return new(
                $"{FromKey} is missing; allowed is the e-mail address to send from, which {HostKey} needs beside it."
            );
        if (Password is not null && User is null)
            yield return new($"{UserKey} is missing; allowed is the name that {PasswordKey} belongs to.");
    }
}

[OptionsValidator]
internal sealed partial class EmailOptionsValidator : IValidateOptions<EmailOptions>;
