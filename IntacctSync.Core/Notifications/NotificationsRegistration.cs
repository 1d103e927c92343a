using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Notifications;

/// <summary>Adds what tells people what needs them.</summary>
internal static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddSingleton<NoticeStore>().AddSingleton<FailureMails>().AddSingleton<SmtpSender>();
}
