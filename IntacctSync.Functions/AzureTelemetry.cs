using Azure.Monitor.OpenTelemetry.Exporter;
using IntacctSync.Core.Domain;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace IntacctSync.Functions;

/// <summary>
/// Sends the spans, metrics and log lines of the pipeline to Application Insights, as the app's identity.
/// </summary>
internal static class AzureTelemetry
{
    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, string? connection)
    {
        if (connection is null)
            return services;

        services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Telemetry.Name).AddAzureMonitorTraceExporter(Export))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name).AddAzureMonitorMetricExporter(Export))
            .WithLogging(
                logging => logging.AddAzureMonitorLogExporter(Export),
                options => options.IncludeFormattedMessage = true
            );
        return services;

        void Export(AzureMonitorExporterOptions options) =>
            (options.ConnectionString, options.Credential) = (connection, AzureIdentity.Credential);
    }
}
