using IntacctSync.Core.Domain;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IntacctSync.Local.Export;

/// <summary>
/// Sends spans, metrics and log lines to an OpenTelemetry collector, where one is named. Its further settings are
/// OpenTelemetry's own (<c>OTEL_*</c>).
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    /// <summary>The spans of the HTTP API, made by ASP.NET Core itself.</summary>
    private const string ServerSpans = "Microsoft.AspNetCore";

    private TracerProvider? _tracing;
    private MeterProvider? _metrics;

    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<TelemetryExport>().AddHostedService<GaugeTimer>();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.SetResourceBuilder(Resource()).AddOtlpExporter();
        });
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _tracing = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Resource())
            .AddSource(Telemetry.Name, ServerSpans)
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(Resource())
            .AddMeter(Telemetry.Name)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _tracing?.Dispose();
        _metrics?.Dispose();
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService("IntacctSync.Local");
}
