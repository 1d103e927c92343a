using System.Globalization;

namespace IntacctSync.Core.Settings;

/// <summary>The setting of the key of the operations.</summary>
internal static class AdminKey
{
    public const string Setting = "Admin:ApiKey";

    /// <summary>Shorter ones can be guessed.</summary>
    public const int LeastCharacters = 16;

    /// <summary>What is wrong with a key, without showing it; null where nothing is.</summary>
    /// <param name="key">Without blanks around it, which no header can carry.</param>
    public static string? Objection(string key)
    {
        if (key.Length < LeastCharacters)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"has {key.Length} characters; allowed are {LeastCharacters} or more of a text that nobody guesses"
            );
        return key.All(static c => c is >= ' ' and <= '~')
            ? null
            : "has characters that a header can't carry; allowed are those of ASCII that can be printed";
    }
}
