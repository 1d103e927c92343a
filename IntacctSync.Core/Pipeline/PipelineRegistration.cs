using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Pipeline;

/// <summary>Adds what works envelopes off: the gate gathers what a session delivers, the runner has it done.</summary>
internal static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services) =>
        services
            .AddSingleton<SessionGate>()
            .AddSingleton<FlowRunner>()
            .AddSingleton<ConnectionGuard>()
            .AddSingleton<AccountProof>()
            .AddSingleton<RecordStage>()
            .AddSingleton<FailureStage>()
            .AddSingleton<WaitingRecords>()
            .AddSingleton<DetectionStage>()
            .AddSingleton<FailureReport>()
            .AddSingleton<RunCounter>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<RecordGauges>();
}
