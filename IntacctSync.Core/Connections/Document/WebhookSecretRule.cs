using System.Globalization;

namespace IntacctSync.Core.Connections.Document;

/// <summary>What a webhook secret must be to be of use.</summary>
internal static class WebhookSecretRule
{
    /// <summary>In characters, the prefix not counted; shorter ones can be guessed.</summary>
    public const int Least = 16;

    /// <summary>As Standard Webhooks write it; it is no part of the secret.</summary>
    public const string Prefix = "whsec_";

    /// <param name="secret">Without blanks around it.</param>
    /// <returns>What is wrong with it, without showing it; null where nothing is.</returns>
    public static string? Objection(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        if (text.Trim().Length < Least)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"has {text.Trim().Length} characters; give {Least} or more that nobody guesses"
            );
        return secret.All(static c => c is >= ' ' and <= '~')
            ? null
            : "has characters that a header can't carry, such as line ends; give those of ASCII that can be printed";
    }
}
