using IntacctSync.Core;
using IntacctSync.Functions.Triggers;
using IntacctSync.Web;
using IntacctSync.Web.Access;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntacctSync.Functions;

/// <summary>The host in Azure: the pipeline behind the triggers of an isolated worker.</summary>
internal static class FunctionsHost
{
    /// <summary>The exit code of a host that can't start with its settings.</summary>
    private const int CannotStart = 2;

    /// <summary>
    /// A line for each step of each request would drown what the pipeline says; settings still override it.
    /// </summary>
    private static readonly Dictionary<string, string?> Quiet = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        var problems = new List<string>();
        using var host = Build(args, problems);
        if (host is null)
        {
            foreach (var problem in problems)
                await errors.WriteLineAsync(problem);
            return CannotStart;
        }

        await host.RunAsync();
        return 0;
    }

    /// <param name="args">Settings, each as <c>--Key=value</c>, beside those of the environment.</param>
    /// <param name="problems">Takes a line for each setting that is wrong.</param>
    /// <param name="more">Adds what is to stand in for something else, for tests.</param>
    /// <returns>The host, not started; null where a setting is wrong.</returns>
    internal static IHost? Build(string[] args, ICollection<string> problems, Action<IServiceCollection>? more = null)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });

        var settings = AzureSettings.Read(builder.Configuration, () => AzureIdentity.Credential, problems);
        if (problems.Count > 0)
            return null;

        builder
            .Services.AddIntacctSync()
            .AddAzure(settings)
            .AddIntacctSyncWeb(new OperationsAccess(settings.AdminApiKey, WithoutKey.Refuse))
            .AddSingleton<HttpApi>()
            .AddAzureTelemetry(settings.TelemetryConnection);
        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
