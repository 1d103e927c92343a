using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Notifications;

/// <summary>Adds what sends e-mails about failures.</summary>
internal static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services
            .AddSettings<EmailOptions, EmailOptionsValidator>()
            .Services.AddPlain<EmailOptions>()
            .AddSingleton<NoticeStore>()
            .AddSingleton<FailureMails>()
            .AddSingleton<SmtpSender>()
            .AddSingleton<TestMail>();
}
