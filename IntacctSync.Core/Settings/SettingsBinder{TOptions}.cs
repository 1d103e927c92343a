using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Settings;

/// <summary>
/// Fills the properties of an options class that name their key by <see cref="SettingAttribute"/>, and refuses each
/// value that can't be read as the property's type.
/// </summary>
/// <remarks>
/// The binder of .NET throws at the first such value. Here the property keeps its default, and all wrong values are
/// reported at once, in the same words as values that are out of bounds.
/// </remarks>
internal sealed class SettingsBinder<TOptions>(IConfiguration? configuration = null)
    : IConfigureOptions<TOptions>,
        IValidateOptions<TOptions>
    where TOptions : class
{
    private static readonly IReadOnlyList<(PropertyInfo Property, SettingAttribute Setting)> Settings =
    [
        .. typeof(TOptions)
            .GetProperties()
            .Select(p => (Property: p, Setting: p.GetCustomAttribute<SettingAttribute>()!))
            .Where(p => p.Setting is not null),
    ];

    public void Configure(TOptions options)
    {
        foreach (var (property, setting) in Settings)
        {
            if (IsSet(setting) && TryRead(property, setting, out var value))
                property.SetValue(options, value);
        }
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var lines = Settings
            .Where(s => IsSet(s.Setting) && !TryRead(s.Property, s.Setting, out _))
            .Select(s => s.Setting.Refusal(configuration![s.Setting.Key]!))
            .ToList();
        return lines.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(lines);
    }

    private bool IsSet(SettingAttribute setting) =>
        configuration?[setting.Key] is { } text && (text.Length > 0 || setting.EmptyCounts);

    private bool TryRead(PropertyInfo property, SettingAttribute setting, out object? value)
    {
        try
        {
            value = configuration!.GetSection(setting.Key).Get(property.PropertyType);
            return true;
        }
        catch (InvalidOperationException)
        {
            value = null;
            return false;
        }
    }
}
