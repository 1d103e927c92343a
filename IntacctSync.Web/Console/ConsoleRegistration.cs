using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Connections;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Records;
using IntacctSync.Web.Console.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web.Console;

/// <summary>What the pages of the console are made with.</summary>
internal static class ConsoleRegistration
{
    public static IServiceCollection AddConsole(this IServiceCollection services) =>
        services
            .AddSingleton<ConsoleFailures>()
            .AddSingleton<ConsoleGate>()
            .AddSingleton<ConsoleCookies>()
            .AddSingleton<SignInPages>()
            .AddSingleton<FrameReader>()
            .AddSingleton<CauseReader>()
            .AddSingleton<LinkCandidates>()
            .AddSingleton<ConnectionPages>()
            .AddSingleton<SettingsPages>()
            .AddSingleton<WebhookPages>()
            .AddSingleton<CausePages>()
            .AddSingleton<RecordPages>()
            .AddSingleton<RecordForms>()
            .AddSingleton<RunPages>()
            .AddSingleton<ReconcilePages>();
}
