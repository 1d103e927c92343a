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
    public void The_sandbox_is_said_in_any_case(string text, object mode) =>
        Assert.Equal(mode, Read(("Sandbox", text)).Sandbox);

    [Theory]
    [InlineData("Sandbox", "sometimes", "Sandbox is 'sometimes'; allowed is on, once or off.")]
    [InlineData(
        "Storage:Provider",
        "Tables",
        "Storage:ConnectionString is missing; allowed is a connection string, such as "
            + "UseDevelopmentStorage=true for Azurite, or Storage:Endpoint instead, which Storage:Provider Tables "
            + "needs."
    )]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider is 'Oracle'; allowed is Sqlite or Tables.")]
    [InlineData("Storage:Path", " ", "Storage:Path is ' '; allowed is a path of a file or folder.")]
    [InlineData(
        "Storage:ConnectionString",
        "AccountName=a",
        "Storage:ConnectionString: AccountKey is missing or no base64: copy the whole connection string of the "
            + "storage account."
    )]
    [InlineData(
        "Storage:Endpoint",
        "http://a.table.core.windows.net",
        "Storage:Endpoint: 'http://a.table.core.windows.net' is no address of a table service: use "
            + "https://ACCOUNT.table.core.windows.net."
    )]
    [InlineData(
        "Secrets:Provider",
        "KeyVault",
        "Secrets:VaultUri is missing; allowed is an address such as https://NAME.vault.azure.net, which "
            + "Secrets:Provider KeyVault needs."
    )]
    [InlineData(
        "Secrets:VaultUri",
        "http://v.vault.azure.net",
        "Secrets:VaultUri is 'http://v.vault.azure.net'; allowed is an https address such as "
            + "https://NAME.vault.azure.net."
    )]
    [InlineData(
        "Intacct:Endpoint",
        "intacct",
        "Intacct:Endpoint is 'intacct'; allowed is an https address such as https://api.intacct.com/ia/xml/xmlgw.phtml."
    )]
    [InlineData(
        "Intacct:Timeout",
        "soon",
        "Intacct:Timeout is 'soon'; allowed is a time span of more than 00:00:00 and at most 01:00:00, written as "
            + "00:05:00."
    )]
    [InlineData(
        "Intacct:Timeout",
        "02:00:00",
        "Intacct:Timeout is '02:00:00'; allowed is a time span of more than 00:00:00 and at most 01:00:00, written "
            + "as 00:05:00."
    )]
    [InlineData(
        "Intacct:MaxConcurrency",
        "0",
        "Intacct:MaxConcurrency is '0'; allowed is a whole number from 1 to 10."
    )]
    [InlineData(
        "Intacct:SettleAfter",
        "x",
        "Intacct:SettleAfter is 'x'; allowed is a time span from 00:00:01 to 1.00:00:00, written as 00:15:00."
    )]
    [InlineData(
        "Zuper:Timeout",
        "never",
        "Zuper:Timeout is 'never'; allowed is a time span of more than 00:00:00 and at most 00:10:00, written as "
            + "00:01:00."
    )]
    [InlineData(
        "Queue:LockDuration",
        "1",
        "Queue:LockDuration is '1.00:00:00'; allowed is a time span from "
            + "00:00:02 to 00:05:00, written as 00:00:30."
    )]
    [InlineData(
        "Polling:Zuper",
        "* * *",
        "Polling:Zuper is '* * *'; allowed is NCRONTAB with six fields, such as 0 */15 * * * *."
    )]
    [InlineData(
        "Upflow:Endpoint",
        "upflow",
        "Upflow:Endpoint is 'upflow'; allowed is an https address such as https://api.upflow.io/v1."
    )]
    [InlineData(
        "Admin:ApiKey",
        "  ",
        "Admin:ApiKey has 0 characters; allowed are 16 or more of a text that nobody guesses, or to leave it out: "
            + "then this host makes one."
    )]
    [InlineData(
        "Admin:ApiKey",
        "fifteen-letters",
        "Admin:ApiKey has 15 characters; allowed are 16 or more of a text that nobody guesses, or to leave it out: "
            + "then this host makes one."
    )]
    [InlineData("Email:Smtp:Port", "70000", "Email:Smtp:Port is '70000'; allowed is a whole number from 1 to 65535.")]
    [InlineData("Email:Smtp:StartTls", "maybe", "Email:Smtp:StartTls is 'maybe'; allowed is true or false.")]
    [InlineData(
        "Email:LinkBase",
        "sync",
        "Email:LinkBase is 'sync'; allowed is the address under which people reach the HTTP API, such as "
            + "https://sync.example.com."
    )]
    [InlineData("Email:Smtp:From", "nobody", "Email:Smtp:From is 'nobody'; allowed is an e-mail address.")]
    [InlineData(
        "Email:Smtp:Host",
        "mail.example",
        "Email:Smtp:From is missing; allowed is the e-mail address to send from, which Email:Smtp:Host needs beside it."
    )]
    [InlineData(
        "Polling:Zupper",
        "0 0 * * * *",
        "Polling:Zupper is no key of this program; allowed under Polling are Polling:Zuper, "
            + "Polling:Products, Polling:Payments, Polling:Upflow, Polling:LookBack."
    )]
    public void A_wrong_value_is_one_line_that_names_the_key_what_was_found_and_what_is_allowed(
        string key,
        string value,
        string line
    ) => Assert.Equal([line], Refused((key, value)));

    [Theory]
    [InlineData("Intacct:AllowedHosts", "*", "Intacct:AllowedHosts")]
    [InlineData("Intacct:Endpoint", "https://api.example.com/", "Intacct:Endpoint")]
    [InlineData("Intacct:Endpoint", "http://api.intacct.com/", "Intacct:Endpoint")]
    [InlineData("Zuper:AccountsEndpoint", "https://accounts.example", "Zuper:AccountsEndpoint")]
    [InlineData("Upflow:Endpoint", "https://api.example/v1", "Upflow:Endpoint")]
    public void An_address_that_is_not_allowed_is_one_line_that_begins_with_its_key(
        string key,
        string value,
        string beginning
    ) => Assert.StartsWith(beginning + ":", Assert.Single(Refused((key, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Storage:ConnectionString", "UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("Storage:Endpoint", "https://acme.table.core.windows.net", "https://acme.table.core.windows.net/")]
    public void An_account_of_Azure_Tables_says_that_the_tables_are_there_and_the_queue_stays_beside_the_path(
        string key,
        string value,
        string endpoint
    )
    {
        foreach (var settings in new[] { Read((key, value)), Read((key, value), ("Storage:Provider", "tables")) })
        {
            Assert.Equal(endpoint, settings.Tables!.ToString());
            Assert.Equal(Path.Combine(".data", "intacctsync-queue.db"), settings.QueuePath);
        }
    }

    [Fact]
    public void A_vault_says_that_the_secrets_are_there()
    {
        Assert.Equal(
            "https://v.vault.azure.net/",
            Read(("Secrets:VaultUri", "https://v.vault.azure.net")).Vault!.ToString()
        );
        Assert.Null(Read(("Secrets:Provider", "file")).Vault);
    }

    [Theory]
    [InlineData(
        "Storage:Provider=Sqlite;Storage:ConnectionString=canary",
        "Storage:ConnectionString is set; it must be left out, since it belongs to Azure Tables and "
            + "Storage:Provider is Sqlite; or set Storage:Provider to Tables."
    )]
    [InlineData(
        "Storage:ConnectionString=canary;Storage:Endpoint=https://a.example",
        "Storage:Endpoint is set beside Storage:ConnectionString; allowed is one of them: the account by its "
            + "key, or by an identity."
    )]
    [InlineData(
        "Secrets:Provider=File;Secrets:VaultUri=https://v.example",
        "Secrets:VaultUri is set; it must be left out, since it belongs to Key Vault and Secrets:Provider is "
            + "File; or set Secrets:Provider to KeyVault."
    )]
    public void Keys_that_contradict_each_other_are_one_line(string pairs, string line) =>
        Assert.Equal([line], Refused([.. pairs.Split(';').Select(p => p.Split('=')).Select(p => (p[0], p[1]))]));

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(
            5,
            Refused(
                ("Sandbox", "x"),
                ("Intacct:Timeout", "x"),
                ("Email:Smtp:Port", "x"),
                ("Email:Smtp:StartTls", "x"),
                ("Polling:Products", "x")
            ).Count
        );

    [Fact]
    public void A_list_of_hosts_that_both_apps_share_is_refused_once() =>
        Assert.Single(Refused(("Apps:AllowedHosts", "*")));

    [Theory]
    [InlineData("Intacct:Endpoint", "https://api.intacct.com/ia/xml/xmlgw.phtml", true)]
    [InlineData("Storage:Path", "x.db", true)]
    [InlineData("Secrets:Path", "secrets", true)]
    [InlineData("Admin:ApiKey", "canary-canary-canary", true)]
    [InlineData("Polling:LookBack", "01:00:00", false)]
    public void A_key_of_a_real_installation_says_that_there_is_one(string key, string value, bool says) =>
        Assert.Equal(says, Read((key, value)).NamesAnInstallation);

    [Fact]
    public void Secrets_are_not_repeated()
    {
        var lines = Refused(
            ("Email:Smtp:Password", "canary"),
            ("Admin:Apikeys", "canary"),
            ("Storage:ConnectionString", "canary")
        );
        Assert.Equal(3, lines.Count);
        Assert.DoesNotContain("canary", string.Join('\n', lines), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Refused(params (string Key, string Value)[] pairs) =>
        Assert.Throws<WrongSettingsException>(() => Read(pairs)).Lines;

    private static LocalSettings Read(params (string Key, string Value)[] pairs) =>
        LocalSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)))
                .Build()
        );
}
