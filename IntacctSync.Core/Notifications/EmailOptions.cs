using System.Globalization;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core.Notifications;

/// <summary>Whether, through which server and as whom failure e-mails are sent.</summary>
public sealed class EmailOptions
{
    private const string HostKey = "Email:Smtp:Host";
    private const string PortKey = "Email:Smtp:Port";
    private const string UserKey = "Email:Smtp:User";
    private const string PasswordKey = "Email:Smtp:Password";
    private const string FromKey = "Email:Smtp:From";
    private const string StartTlsKey = "Email:Smtp:StartTls";
    private const string LinkBaseKey = "Email:LinkBase";

    /// <summary>Null where failures are written to the log only.</summary>
    public string? Host { get; init; }

    /// <summary>587 is where servers take mail that is sent on behalf of a user (RFC 6409).</summary>
    public int Port { get; init; } = 587;

    /// <summary>Null where the server asks for no sign-in.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public string? From { get; init; }

    /// <summary>Whether a server that offers no encryption is refused.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>What the links in an e-mail begin with; null where they are paths of the API.</summary>
    public string? LinkBase { get; init; }

    public bool On => Host is not null && From is not null;

    /// <summary>Reads the keys, and says of each that is wrong what was found and what is allowed.</summary>
    public static EmailOptions Read(IConfiguration configuration, ICollection<string> errors)
    {
        string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;
        var from = Text(FromKey);
        if (from is not null && !EmailAddress.IsOne(from))
            errors.Add($"{FromKey} is '{from}'; allowed is an e-mail address.");
        if (Text(HostKey) is not null && from is null)
            errors.Add(
                $"{FromKey} is missing; allowed is the e-mail address to send from, which {HostKey} needs beside it."
            );
        if (Text(PasswordKey) is not null && Text(UserKey) is null)
            errors.Add($"{UserKey} is missing; allowed is the name that {PasswordKey} belongs to.");
        return new EmailOptions
        {
            Host = Text(HostKey),
            Port = ReadPort(Text(PortKey), errors),
            User = Text(UserKey),
            Password = Text(PasswordKey),
            From = from,
            StartTls = ReadFlag(Text(StartTlsKey), errors),
            LinkBase = ReadLinkBase(Text(LinkBaseKey), errors),
        };
    }

    private static int ReadPort(string? text, ICollection<string> errors)
    {
        if (text is null)
            return new EmailOptions().Port;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= 65535
        )
            return port;
        errors.Add($"{PortKey} is '{text}'; allowed is a whole number from 1 to 65535.");
        return new EmailOptions().Port;
    }

    private static bool ReadFlag(string? text, ICollection<string> errors)
    {
        if (text is null)
            return true;
        if (bool.TryParse(text, out var flag))
            return flag;
        errors.Add($"{StartTlsKey} is '{text}'; allowed is true or false.");
        return true;
    }

    private static string? ReadLinkBase(string? text, ICollection<string> errors)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" })
            return text.TrimEnd('/');
        errors.Add(
            $"{LinkBaseKey} is '{text}'; allowed is the address under which people reach the HTTP API, such as "
                + $"https://sync.example.com."
        );
        return null;
    }
}
