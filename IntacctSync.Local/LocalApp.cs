using IntacctSync.Core;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using IntacctSync.Local.Export;
using IntacctSync.Local.Pump;
using IntacctSync.Local.Queue;
using IntacctSync.Local.Settings;
using IntacctSync.Local.Timers;
using IntacctSync.Web;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Health;

namespace IntacctSync.Local;

/// <summary>
/// The host of one machine: the pipeline, its store, its queue, the pump and the timers, behind the HTTP API.
/// </summary>
internal static class LocalApp
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// A stop waits for the work in hand. One request to Intacct may take five minutes, so the limit is a little
    /// longer.
    /// </summary>
    private static readonly TimeSpan GracefulStop = TimeSpan.FromSeconds(330);

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <param name="builder">What the host is made with.</param>
    /// <param name="settings">What it was told.</param>
    /// <param name="access">Says who may call the operations; asked once the places that are written to were
    /// tried.</param>
    /// <exception cref="WrongSettingsException">The HTTP API can't be served at its addresses, or a file can't be
    /// written at its place.</exception>
    public static WebApplication Build(
        WebApplicationBuilder builder,
        LocalSettings settings,
        Func<OperationsAccess> access
    )
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        if (!NamesAnAddress(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
        HostAddress.Check(builder.WebHost.GetSetting);
        WritablePlaces.Check(settings);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = GracefulStop);

        builder.Services.AddIntacctSync();
        AddStorage(builder.Services, settings);
        AddWork(builder.Services);
        builder.Services.AddIntacctSyncWeb(access());

        if (settings.NamesCollector)
            TelemetryExport.AddTo(builder);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => TellOwnAddress(app));
        app.UseAnswerHeaders();
        app.UseProblemsForMissingAnswers();
        app.MapIntacctSync();
        app.MapGet("/", () => Results.Redirect("/console")).ExcludeFromDescription();
        return app;
    }

    /// <summary>Letters without Email:LinkBase lead here, which on this machine opens the page.</summary>
    private static void TellOwnAddress(WebApplication app)
    {
        if (app.Urls.Count > 0)
            app.Services.GetRequiredService<EmailOptions>().OwnAddress = HostAddress
                .ForCallersHere(app.Urls)
                .ToString();
    }

    private static bool NamesAnAddress(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static void AddStorage(IServiceCollection services, LocalSettings settings)
    {
        // Made by factories, so that the container closes them when the host has stopped.
        services.AddTable(settings);
        services.AddSingleton(p => LocalStore.OpenSecrets(settings, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new EnvelopeQueueOptions
        {
            LockDuration = p.GetRequiredService<LeaseOptions>().Duration,
        });
        services.AddSingleton(p => new SqliteEnvelopeQueue(
            settings.QueuePath,
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<EnvelopeQueueOptions>(),
            p.GetRequiredService<ILogger<SqliteEnvelopeQueue>>()
        ));
        services.AddSingleton<IEnvelopeQueue>(p => p.GetRequiredService<SqliteEnvelopeQueue>());
        services.AddSingleton<IReadinessCheck, QueueReadiness>().AddSingleton<IPurgeable, LocalPurge>();
    }

    private static void AddWork(IServiceCollection services)
    {
        services.AddSingleton(new PumpOptions()).AddSingleton<SessionWork>();
        services.AddSingleton<EnvelopeHandler>(p => p.GetRequiredService<SessionGate>().HandleAsync);
        services.AddSingleton(p =>
            PollSchedule.Of(p.GetRequiredService<PollingOptions>(), IntacctSyncRegistration.Apps)
        );
        services.AddSingleton<PollTick>(p => p.GetRequiredService<Poller>().TickAsync);
        services
            .AddHostedService<QueuePump>()
            .AddHostedService<DeadLetterWatch>()
            .AddHostedService<PollTimer>()
            .AddHostedService<HousekeepingTimer>()
            .AddHostedService<DigestTimer>()
            .AddHostedService<ReconcileTimer>();
    }
}
