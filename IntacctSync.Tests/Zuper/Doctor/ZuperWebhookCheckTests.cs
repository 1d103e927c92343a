using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Doctor;

namespace IntacctSync.Tests.Zuper.Doctor;

public sealed class ZuperWebhookCheckTests : DoctorTest
{
    [Fact]
    public async Task A_webhook_with_another_secret_is_named_and_no_secret_is_shown()
    {
        await ConnectWholeAsync();
        var address = new Uri($"http://road.test/api/webhooks/{Id}");
        Zuper.Screens.Subscribe(address, "another-secret-canary", "invoice.send");
        var failed = await FailedAsync();
        Says(failed, "zuper-webhooks", "invoice.send", "x-hook-secret");
        Assert.DoesNotContain("canary", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_to_a_connection_without_a_secret_are_refused_and_said_to_be()
    {
        await ConnectWholeAsync();
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [ZuperSecrets.WebhookSecret] = SecretChange.Cleared,
                },
                Forever
            );
        Says(await FailedAsync(), "zuper-webhooks", "each is refused", "Enter a value for zuper.webhookSecret");
    }

    [Fact]
    public async Task Where_this_hosts_address_is_known_those_that_lead_elsewhere_are_named()
    {
        Settings["Email:LinkBase"] = "http://road.test";
        await RestartAsync();
        await ConnectWholeAsync();
        Zuper.Screens.Subscribe(new Uri($"https://old.example.com/api/webhooks/{Id}"), HookSecret, "invoice.new");
        Says(
            await FailedAsync(),
            "zuper-webhooks",
            $"http://road.test (Email:LinkBase), and these webhooks lead elsewhere: invoice.new to "
                + $"https://old.example.com/api/webhooks/{Id}.",
            "remove them"
        );
    }
}
