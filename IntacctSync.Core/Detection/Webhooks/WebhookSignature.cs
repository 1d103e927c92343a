using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// Checks a webhook against the connection's secret, in either of two ways: the header <c>x-hook-secret</c>,
/// for a sender that can set a header and sign nothing, or the headers of Standard Webhooks
/// (github.com/standard-webhooks, specification, version 1). Pure;
/// nothing in a request makes it throw.
/// </summary>
public static class WebhookSignature
{
    public const string SecretHeader = "x-hook-secret";
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far a timestamp may lie from now, to either side.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";

    /// <summary>
    /// A sender that changes its secret signs twice. Many more signatures are an attempt to keep this host busy.
    /// </summary>
    private const int MaxSignatures = 10;

    private const string Fix = "The source must send the connection's webhookSecret.";

    /// <summary>
    /// Whether only the body can tell: it is signed, in time, and <see cref="SecretHeader"/> proves nothing.
    /// </summary>
    public static bool NeedsBody(Func<string, string?> header, string? secret, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (KeyOf(secret) is null || (header(SecretHeader) is { } shared && SecretMatch.IsSame(shared, secret!)))
            return false;
        return header(IdHeader) is { Length: > 0 }
            && header(SignatureHeader) is { Length: > 0 }
            && long.TryParse(
                header(TimestampHeader)?.Trim(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var sentAt
            )
            && IsInTime(sentAt, now);
    }

    private static bool IsInTime(long sentAt, DateTimeOffset now) =>
        sentAt >= now.ToUnixTimeSeconds() - (long)Tolerance.TotalSeconds
        && sentAt <= now.ToUnixTimeSeconds() + (long)Tolerance.TotalSeconds;

    /// <summary>Compares without telling by its duration what or how much was right.</summary>
    /// <param name="body">As it came, before any parsing.</param>
    /// <param name="header">A header's value by its name in lower case; null when it is not there.</param>
    /// <param name="secret">The connection's secret, with or without <c>whsec_</c>.</param>
    /// <param name="now">The time to hold the timestamp against.</param>
    public static WebhookVerdict Check(
        ReadOnlySpan<byte> body,
        Func<string, string?> header,
        string? secret,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(header);
        if (KeyOf(secret) is not { } key)
            return new(
                WebhookOutcome.NoSecret,
                "The connection has no webhookSecret, so every webhook is refused: set one, and give it to the source."
            );
        var shared = header(SecretHeader);
        if (shared is not null && SecretMatch.IsSame(shared, secret!))
            return new(WebhookOutcome.Valid, $"The header {SecretHeader} is right.");
        return (header(IdHeader), header(TimestampHeader), header(SignatureHeader)) switch
        {
            (null, null, null) when shared is null => new(
                WebhookOutcome.Missing,
                $"There is neither the header {SecretHeader} nor {SignatureHeader}. {Fix}"
            ),
            (null, null, null) => new(WebhookOutcome.WrongSecret, $"The header {SecretHeader} is wrong. {Fix}"),
            ({ Length: > 0 } id, { Length: > 0 } timestamp, { Length: > 0 } signatures) => CheckSigned(
                body,
                id,
                timestamp,
                signatures,
                key,
                now
            ),
            _ => new(
                WebhookOutcome.BadSignature,
                $"Of {IdHeader}, {TimestampHeader} and {SignatureHeader} one is missing or empty. A signed "
                    + $"webhook needs all three."
            ),
        };
    }

    private static WebhookVerdict CheckSigned(
        ReadOnlySpan<byte> body,
        string id,
        string timestamp,
        string signatures,
        byte[] key,
        DateTimeOffset now
    )
    {
        if (!long.TryParse(timestamp.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt))
            return new(
                WebhookOutcome.BadSignature,
                $"The header {TimestampHeader} is no whole number. It must be seconds since 1970."
            );
        var seconds = (long)Tolerance.TotalSeconds;
        if (!IsInTime(sentAt, now))
            return new(
                WebhookOutcome.TimestampOutOfTolerance,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The header {TimestampHeader} is {sentAt} and now is {now.ToUnixTimeSeconds()}; {seconds} "
                        + $"seconds may lie between them. Check the clocks of both sides."
                )
            );
        return Fits(Sign(body, id, timestamp.Trim(), key), signatures)
            ? new(WebhookOutcome.Valid, $"The header {SignatureHeader} is right.")
            : new(WebhookOutcome.BadSignature, $"No v1 signature of {SignatureHeader} fits. {Fix}");
    }

    private static byte[] Sign(ReadOnlySpan<byte> body, string id, string timestamp, byte[] key)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    /// <summary>Looks at every signature, so that it does not show which one fitted.</summary>
    private static bool Fits(byte[] expected, string signatures)
    {
        var fits = false;
        foreach (var part in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxSignatures))
        {
            var given = new byte[HMACSHA256.HashSizeInBytes];
            fits |=
                part.StartsWith(VersionPrefix, StringComparison.Ordinal)
                && Convert.TryFromBase64String(part[VersionPrefix.Length..], given, out var length)
                && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), expected);
        }

        return fits;
    }

    /// <summary>
    /// The bytes that sign: the secret's base64, or the secret itself where it is none. Null if there is no secret.
    /// </summary>
    private static byte[]? KeyOf(string? secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
            return null;
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var bytes = new byte[text.Length];
        return
            Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            && length > 0
            ? bytes[..length]
            : Encoding.UTF8.GetBytes(text);
    }
}

/// <summary>The outcome of checking a webhook.</summary>
/// <param name="Outcome">What it is.</param>
/// <param name="Reason">What was found, the rule and the fix, for the log only: the caller learns no more than that it
/// was refused.</param>
public sealed record WebhookVerdict(WebhookOutcome Outcome, string Reason)
{
    public bool IsValid => Outcome == WebhookOutcome.Valid;
}

/// <summary>Whether a webhook came from someone who knows the connection's secret.</summary>
public enum WebhookOutcome
{
    Valid,

    /// <summary>The connection has no secret, so nobody can know it.</summary>
    NoSecret,

    /// <summary>Neither of the two ways was tried.</summary>
    Missing,

    /// <summary><c>x-hook-secret</c> is not the connection's secret.</summary>
    WrongSecret,

    /// <summary>No signature fits body, id and timestamp, or one of the headers can't be read.</summary>
    BadSignature,

    /// <summary>The signature's timestamp is too old or too far ahead.</summary>
    TimestampOutOfTolerance,
}
