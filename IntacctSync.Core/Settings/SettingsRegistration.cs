using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Settings;

/// <summary>The one way from the configuration to an options class, with a line for each wrong value.</summary>
internal static class SettingsRegistration
{
    /// <summary>
    /// Adds an options class whose properties name their keys, and the generated validator that holds them to what is
    /// allowed. The host asks it when it starts.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions, TValidator>(this IServiceCollection services)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable([
            ServiceDescriptor.Singleton<IConfigureOptions<TOptions>, SettingsBinder<TOptions>>(),
            ServiceDescriptor.Singleton<IValidateOptions<TOptions>, SettingsBinder<TOptions>>(),
            ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>(),
        ]);
        return services.AddOptions<TOptions>().ValidateOnStart();
    }

    /// <summary>Lets the options be taken from the container as they are, without their wrapping.</summary>
    public static IServiceCollection AddPlain<TOptions>(this IServiceCollection services)
        where TOptions : class => services.AddSingleton(p => p.GetRequiredService<IOptions<TOptions>>().Value);

    /// <summary>
    /// Reads settings before the host is built, for those by which it is built, and finds what it would print at its
    /// start.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="add">Adds the options classes.</param>
    public static SettingsRead Read(IConfiguration configuration, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        add(services);
        var provider = services.BuildServiceProvider();
        try
        {
            provider.GetService<IStartupValidator>()?.Validate();
            return new SettingsRead(provider, []);
        }
        catch (Exception e) when (LinesOf(e) is { } lines)
        {
            return new SettingsRead(provider, lines);
        }
    }

    /// <summary>The lines of options that were refused; null where something else went wrong.</summary>
    public static IReadOnlyList<string>? LinesOf(Exception exception) =>
        exception switch
        {
            OptionsValidationException invalid => [.. invalid.Failures.Distinct(StringComparer.Ordinal)],
            AggregateException many when many.InnerExceptions.All(e => e is OptionsValidationException) =>
            [
                .. many
                    .InnerExceptions.Cast<OptionsValidationException>()
                    .SelectMany(e => e.Failures)
                    .Distinct(StringComparer.Ordinal),
            ],
            _ => null,
        };
}

/// <summary>Settings that were read, and a line for each that is wrong.</summary>
internal sealed class SettingsRead(ServiceProvider provider, IReadOnlyList<string> problems) : IDisposable
{
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <exception cref="OptionsValidationException">One of them is wrong.</exception>
    public TOptions Get<TOptions>()
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;

    public void Dispose() => provider.Dispose();
}
