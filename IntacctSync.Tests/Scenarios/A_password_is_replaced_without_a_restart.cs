using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_password_is_replaced_without_a_restart : RoadTest
{
    [Theory]
    [InlineData(SecretField.UserPassword)]
    [InlineData(SecretField.SenderPassword)]
    [InlineData(ZuperSecrets.ApiKey)]
    public async Task The_new_one_is_used_at_the_next_request_and_a_probe_finds_that_it_was_mended(string secret)
    {
        await ConnectAsync();
        var right = (await Process.Get<ConnectionSecrets>().GetAsync(Id, secret, Forever))!;
        var first = MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await EntryAsync(first)).State);

        // There is a session that Intacct would still take; what is stored now counts.
        await SetAsync(secret, "canary-wrong-secret");
        var second = MakeOrganization("Blue Heron Brewing");
        await RestAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(await StopAsync());
        Assert.Null(SageId(second));

        // Put back where it is kept, as by a rotation; the document is not touched.
        await SetAsync(secret, right);
        await RestAsync(TimeSpan.FromMinutes(20));
        Assert.Null(await StopAsync());
        Assert.Equal(RecordState.Synced, (await EntryAsync(second)).State);
        Assert.NotNull(SageId(second));
    }

    [Theory]
    [InlineData(SecretField.UserPassword)]
    [InlineData(SecretField.SenderPassword)]
    [InlineData(ZuperSecrets.ApiKey)]
    public async Task One_that_was_changed_where_it_is_kept_is_read_anew_before_a_sign_in_counts_as_refused(
        string secret
    )
    {
        await ConnectAsync();
        MakeOrganization("Harbor Dental Group");
        await RestAsync();
        var right = (await Process.Get<ConnectionSecrets>().GetAsync(Id, secret, Forever))!;
        await SetAsync(secret, "canary-former-secret");
        Secrets.Hold();
        await SetAsync(secret, right);
        var uid = MakeOrganization("Blue Heron Brewing");
        await RestAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
        Assert.Null(await StopAsync());
        Assert.DoesNotContain(
            await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever),
            e => e.What == "stopped"
        );
    }

    private async Task<ConnectionStop?> StopAsync() => (await ConnectionAsync()).Stop;

    private Task SetAsync(string secret, string value) =>
        Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal) { [secret] = SecretChange.To(value) },
                Forever
            );
}
