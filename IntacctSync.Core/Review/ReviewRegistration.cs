using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Review;

/// <summary>Adds what looks at both sides and changes neither: explanation, preview, comparison.</summary>
internal static class ReviewRegistration
{
    public static IServiceCollection AddReview(this IServiceCollection services) =>
        services
            .AddSettings<ReviewOptions, ReviewOptionsValidator>()
            .Services.AddPlain<ReviewOptions>()
            .AddSingleton<LeasedReading>()
            .AddSingleton<Explainer>()
            .AddSingleton<IntacctAddresses>()
            .AddSingleton<ChoiceReader>()
            .AddSingleton<Preview>()
            .AddSingleton<Reconciliation>()
            .AddSingleton<NightlyReconciliation>()
            .AddSingleton<NightlySchedule>()
            .AddSingleton<Rebuild>()
            .AddSingleton<RecordLinks>();
}
