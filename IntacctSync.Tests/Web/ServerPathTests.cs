using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Web;

public sealed class ServerPathTests : ApiTest
{
    [Theory]
    [InlineData("The store's disk '/var/lib/sync/.data/x.db' is full.", "The store's disk '…/x.db' is full.")]
    [InlineData("'/srv/my data/x.db': locked", "'…/x.db': locked")]
    [InlineData(@"The file D:\Sync\x.db is locked", @"The file …\x.db is locked")]
    [InlineData(@"'\\server\share\x.db' is gone", @"'…\x.db' is gone")]
    [InlineData("could not open /opt/sync/.data/secrets/keys", "could not open …/keys")]
    [InlineData("See https://example.com/a/b", "See https://example.com/a/b")]
    [InlineData("Email:Smtp and a/b", "Email:Smtp and a/b")]
    public void A_path_of_the_server_is_cut_to_its_last_name(string text, string expected) =>
        Assert.Equal(expected, ServerPaths.Shorten(text));

    [Fact]
    public void No_failure_that_a_row_or_a_check_keeps_names_one()
    {
        const string Text = "The file '/var/lib/hidden/x.bin' is gone.";
        Exception[] thrown =
        [
            new TableUnavailableException(Text),
            new SecretsUnavailableException(Text),
            new QueueUnavailableException(Text),
            new IOException(Text),
        ];
        Assert.All(
            thrown,
            e => Assert.DoesNotContain("hidden", Failures.Of(e).Problem.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task No_answer_names_a_path_of_the_server()
    {
        (await PutAsync()).Is(201);
        Table.Down = true;
        Table.Why = "The store '/var/lib/hidden/x.db' is full.";
        var answer = (await CallAsync("GET", "/api/connections/acme")).Is(503);
        Assert.Contains("x.db' is full", answer["detail"], StringComparison.Ordinal);
        var ready = (await CallAsync("GET", "/api/health/ready")).Is(503);
        Assert.Contains("x.db' is full", ready["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", answer.Text + ready.Text, StringComparison.Ordinal);
    }
}
