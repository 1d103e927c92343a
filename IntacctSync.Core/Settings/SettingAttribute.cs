using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace IntacctSync.Core.Settings;

/// <summary>
/// A property of an options class that is read from one key of the configuration, and what is allowed there.
/// </summary>
/// <remarks>
/// <see cref="SettingsBinder{TOptions}"/> reads the key; the options class's generated validator asks <see
/// cref="Holds"/>. Both refuse with the same line.
/// </remarks>
/// <param name="key">The whole key, such as <c>Intacct:Timeout</c>.</param>
/// <param name="allowed">What a value must be, in words that go on from "allowed is".</param>
[AttributeUsage(AttributeTargets.Property)]
internal class SettingAttribute(string key, string allowed) : ValidationAttribute
{
    public string Key { get; } = key;

    public string Allowed { get; } = allowed;

    /// <summary>Whether an empty value counts as a value. Otherwise it stands for the default.</summary>
    public bool EmptyCounts { get; init; }

    /// <summary>The key, what was found, what is allowed.</summary>
    public string Refusal(string found) => $"{Key} is '{found}'; allowed is {Allowed}.";

    /// <summary>
    /// Whether a value that could be read is allowed. A key that is not set keeps the property's default.
    /// </summary>
    protected virtual bool Holds(object value) => true;

    /// <summary>The value as a person would have written it.</summary>
    protected virtual string Written(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    protected sealed override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null || Holds(value) ? ValidationResult.Success : new ValidationResult(Refusal(Written(value)));
}

/// <summary>A whole number, both ends included.</summary>
internal sealed class WholeNumberSettingAttribute(string key, int least, int most)
    : SettingAttribute(key, $"a whole number from {least} to {most}")
{
    public int Least { get; } = least;

    public int Most { get; } = most;

    protected override bool Holds(object value) => value is int number && number >= Least && number <= Most;
}

/// <summary>True or false.</summary>
internal sealed class FlagSettingAttribute(string key) : SettingAttribute(key, "true or false");

/// <summary>A time span, both ends included; a lower end of zero is not.</summary>
/// <param name="key">The key.</param>
/// <param name="least">The shortest, as <c>d.hh:mm:ss</c>.</param>
/// <param name="most">The longest, likewise.</param>
/// <param name="usual">The default, which shows how one is written.</param>
internal sealed class TimeSpanSettingAttribute(string key, string least, string most, string usual)
    : SettingAttribute(
        key,
        least == "00:00:00"
            ? $"a time span of more than 00:00:00 and at most {most}, written as {usual}"
            : $"a time span from {least} to {most}, written as {usual}"
    )
{
    public string Least { get; } = least;

    public string Most { get; } = most;

    public string Usual { get; } = usual;

    protected override bool Holds(object value) =>
        value is TimeSpan span && span > TimeSpan.Zero && span >= Parsed(Least) && span <= Parsed(Most);

    private static TimeSpan Parsed(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>An absolute address of http or https; which hosts it may name is another rule.</summary>
internal sealed class HttpAddressSettingAttribute(string key, string allowed) : SettingAttribute(key, allowed)
{
    protected override bool Holds(object value) =>
        Uri.TryCreate(Written(value), UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    protected override string Written(object value) =>
        value is Uri address ? address.OriginalString : base.Written(value);
}

/// <summary>One of the words that are allowed, in any case.</summary>
internal sealed class WordSettingAttribute(string key, params string[] words) : SettingAttribute(key, List(words))
{
    public IReadOnlyList<string> Words { get; } = words;

    protected override bool Holds(object value) => Words.Contains((string)value, StringComparer.OrdinalIgnoreCase);

    private static string List(string[] words) =>
        words.Length == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}

/// <summary>A path; whether it can be written to is found out by whoever opens it.</summary>
internal sealed class PlaceSettingAttribute(string key) : SettingAttribute(key, "a path of a file or folder")
{
    protected override bool Holds(object value) =>
        value is string text && !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);

    protected override string Written(object value) =>
        base.Written(value).Replace("\0", "\\0", StringComparison.Ordinal);
}
