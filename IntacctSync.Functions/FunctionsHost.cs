using IntacctSync.Core;
using IntacctSync.Functions.Triggers;
using IntacctSync.Web;
using IntacctSync.Web.Access;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntacctSync.Functions;

/// <summary>The host in Azure: the pipeline behind the triggers of an isolated worker.</summary>
internal static class FunctionsHost
{
    /// <summary>Exit code where the host can't start as it is set up.</summary>
    private const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();

        var problems = new List<string>();
        var options = IntacctSyncOptions.Read(builder.Configuration, problems);
        var access = new OperationsAccess(builder.Configuration[OperationsAccess.ConfigurationKey], WithoutKey.Refuse);
        builder.Services.AddIntacctSync(options).AddIntacctSyncWeb(access).AddSingleton<HttpApi>();
        if (MissingPorts.Of(builder.Services) is { } missing)
            problems.Add(missing);

        if (problems.Count == 0)
        {
            await builder.Build().RunAsync();
            return 0;
        }

        foreach (var problem in problems)
            await errors.WriteLineAsync(problem);
        return CannotStart;
    }
}
