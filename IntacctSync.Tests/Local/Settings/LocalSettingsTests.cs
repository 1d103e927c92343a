using IntacctSync.Local.Settings;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Tests.Local.Settings;

public sealed class LocalSettingsTests
{
    [Fact]
    public void Nothing_configured_is_right()
    {
        var settings = Read();
        Assert.Null(settings.Sandbox);
        Assert.Equal(".data/intacctsync.db", settings.StoragePath);
        Assert.Equal(Path.Combine(".data", "intacctsync-queue.db"), settings.QueuePath);
        Assert.Equal(".data/secrets", settings.SecretsPath);
        Assert.Null(settings.AdminApiKey);
    }

    [Theory]
    [InlineData("ON", SandboxMode.On)]
    [InlineData("once", SandboxMode.Once)]
    [InlineData("off", SandboxMode.Off)]
    public void The_sandbox_is_said_in_any_case(string text, object mode) => Assert.Equal(mode, Read(("Sandbox", text)).Sandbox);

    [Theory]
    [InlineData("Sandbox", "sometimes", "Sandbox is 'sometimes'; allowed is on, once or off.")]
    [InlineData("Storage:Provider", "Tables", "Storage:Provider is 'Tables'; allowed is Sqlite: this version of IntacctSync.Local keeps its data there only.")]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider is 'Oracle'; allowed is Sqlite.")]
    [InlineData("Storage:Path", " ", "Storage:Path is ' '; allowed is a path of a file or folder.")]
    [InlineData("Storage:ConnectionString", "UseDevelopmentStorage=true", "Storage:ConnectionString is set; it must be left out, since it belongs to Azure Tables and this host stores in the SQLite file Storage:Path.")]
    [InlineData("Storage:Endpoint", "https://a.table.core.windows.net", "Storage:Endpoint is set; it must be left out, since it belongs to Azure Tables and this host stores in the SQLite file Storage:Path.")]
    [InlineData("Secrets:Provider", "KeyVault", "Secrets:Provider is 'KeyVault'; allowed is File: this version of IntacctSync.Local keeps its secrets there only.")]
    [InlineData("Secrets:VaultUri", "https://v.vault.azure.net", "Secrets:VaultUri is set; it must be left out, since it belongs to Key Vault and this host keeps secrets in the folder Secrets:Path.")]
    [InlineData("Intacct:Endpoint", "intacct", "Intacct:Endpoint is 'intacct'; allowed is an https address such as https://api.intacct.com/ia/xml/xmlgw.phtml.")]
    [InlineData("Intacct:Timeout", "soon", "Intacct:Timeout is 'soon'; allowed is hours:minutes:seconds, such as 00:05:00.")]
    [InlineData("Intacct:Timeout", "02:00:00", "Intacct:Timeout: found 02:00:00; allowed is more than 00:00:00 and at most 01:00:00.")]
    [InlineData("Intacct:MaxConcurrency", "0", "Intacct:MaxConcurrency is '0'; allowed is a whole number from 1 to 10.")]
    [InlineData("Intacct:SettleAfter", "x", "Intacct:SettleAfter is 'x'; allowed is a time span from 00:00:01 to 1.00:00:00, written as 00:15:00.")]
    [InlineData("Zuper:Timeout", "never", "Zuper:Timeout: found 'never'; use hours:minutes:seconds, such as 00:01:00.")]
    [InlineData("Polling:Zuper", "* * *", "Polling:Zuper is '* * *'; allowed is NCRONTAB with six fields, such as 0 */15 * * * *.")]
    [InlineData("Upflow:Endpoint", "upflow", "Upflow:Endpoint is 'upflow'; allowed is an https address such as https://api.upflow.io/v1.")]
    [InlineData("Admin:ApiKey", "  ", "Admin:ApiKey is blank; allowed is a text that nobody guesses, or to leave it out and call from this machine only.")]
    [InlineData("Email:Smtp:Port", "70000", "Email:Smtp:Port is '70000'; allowed is a whole number from 1 to 65535.")]
    [InlineData("Email:Smtp:StartTls", "maybe", "Email:Smtp:StartTls is 'maybe'; allowed is true or false.")]
    [InlineData("Email:LinkBase", "sync", "Email:LinkBase is 'sync'; allowed is the address under which people reach the HTTP API, such as https://sync.example.com.")]
    [InlineData("Email:Smtp:From", "nobody", "Email:Smtp:From is 'nobody'; allowed is an e-mail address.")]
    [InlineData("Email:Smtp:Host", "mail.example", "Email:Smtp:From is missing; allowed is the e-mail address to send from, which Email:Smtp:Host needs beside it.")]
    [InlineData("Polling:Zupper", "0 0 * * * *", "Polling:Zupper is no key of this program; allowed under Polling are Polling:Products, Polling:Payments, Polling:Zuper, Polling:Upflow, Polling:LookBack.")]
    public void A_wrong_value_is_one_line_that_names_the_key_what_was_found_and_what_is_allowed(string key, string value, string line) =>
        Assert.Equal([line], Refused((key, value)));

    [Theory]
    [InlineData("Intacct:AllowedHosts", "*", "Intacct:AllowedHosts")]
    [InlineData("Intacct:Endpoint", "https://api.example.com/", "Intacct:Endpoint")]
    [InlineData("Intacct:Endpoint", "http://api.intacct.com/", "Intacct:Endpoint")]
    [InlineData("Zuper:AccountsEndpoint", "https://accounts.example", "Zuper:AccountsEndpoint")]
    [InlineData("Upflow:Endpoint", "https://api.example/v1", "Upflow:Endpoint")]
    public void An_address_that_is_not_allowed_is_one_line_that_begins_with_its_key(string key, string value, string beginning) =>
        Assert.StartsWith(beginning + ":", Assert.Single(Refused((key, value))), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(3, Refused(("Sandbox", "x"), ("Intacct:Timeout", "x"), ("Email:Smtp:Port", "x")).Count);

    [Fact]
    public void Secrets_are_not_repeated()
    {
        var lines = Refused(("Email:Smtp:Password", "canary"), ("Admin:Apikeys", "canary"), ("Storage:ConnectionString", "canary"));
        Assert.Equal(3, lines.Count);
        Assert.DoesNotContain("canary", string.Join('\n', lines), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Refused(params (string Key, string Value)[] pairs) =>
        Assert.Throws<WrongSettingsException>(() => Read(pairs)).Lines;

    private static LocalSettings Read(params (string Key, string Value)[] pairs) => LocalSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))).Build());
}
