using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core.Settings;

/// <summary>
/// Reads the keys by which a host decides what it is made of, before there is a container, and gathers a line for each
/// that is wrong.
/// </summary>
internal sealed class KeyReader(IConfiguration configuration, ICollection<string> errors)
{
    /// <summary>The value, or null where none or an empty one is given.</summary>
    public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    /// <summary>Whether any key of a section has a value.</summary>
    public bool Any(string section) =>
        configuration.GetSection(section).AsEnumerable().Any(pair => pair.Value is { Length: > 0 });

    /// <summary>
    /// One of the words that are allowed, in their own spelling; null where the key is not set or wrong.
    /// </summary>
    public string? Word(string key, IReadOnlyList<string> allowed)
    {
        if (Text(key) is not { } text)
            return null;
        var word = allowed.FirstOrDefault(a => a.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (word is null)
            errors.Add(
                $"{key} is '{text}'; allowed is "
                    + (allowed.Count == 1 ? allowed[0] : $"{string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]}")
                    + "."
            );
        return word;
    }

    /// <summary>Refuses a key that would have no effect; whoever set it expects one.</summary>
    public void Unused(string key, string because)
    {
        if (Text(key) is not null)
            errors.Add($"{key} is set; it must be left out, since {because}.");
    }

    /// <summary>A path; whether it can be written to is found out by whoever opens it.</summary>
    public string Place(string key, string fallback)
    {
        var text = Text(key) ?? fallback;
        if (text.Contains('\0', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(text))
            errors.Add(
                $"{key} is '{text.Replace("\0", "\\0", StringComparison.Ordinal)}'; allowed is a path of a "
                    + $"file or folder."
            );
        return text;
    }

    public void Refuse(string line) => errors.Add(line);
}
