using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Doctor;

/// <summary>Adds what says whether a connection would work.</summary>
internal static class DoctorRegistration
{
    public static IServiceCollection AddDoctor(this IServiceCollection services) =>
        services.AddSingleton<ConnectionDoctor>();
}
