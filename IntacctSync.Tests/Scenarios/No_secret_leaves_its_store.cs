using System.Text;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class No_secret_leaves_its_store : RoadTest
{
    private static readonly string[] Planted =
    [
        "sandbox-sender-password",
        "sandbox-user-password",
        "sandbox-zuper-key",
        HookSecret,
        "canary-wrong-secret",
    ];

    [Fact]
    public async Task Not_into_a_log_line_of_any_level_nor_into_the_tables_or_the_queue_whatever_goes_wrong()
    {
        await ConnectAsync();
        Intacct.Faults.Add(new() { Fault = "cloudflare" });
        Intacct.Faults.Add(new() { Fault = "http524", Skip = 1 });
        Zuper.Faults.Add(new() { Fault = "http503", Times = 3 });
        for (var i = 0; i < 5; i++)
            MakeOrganization($"Company {i}", o => o["organization_email"] = i == 0 ? "ap@" : "ap@company.example");
        await RestAsync();
        foreach (var field in new[] { SecretField.UserPassword, SecretField.SenderPassword, ZuperSecrets.ApiKey })
        {
            var secrets = Process.Get<ConnectionSecrets>();
            var right = await secrets.GetAsync(Id, field, Forever);
            await secrets.ApplyAsync(Id, Change(field, "canary-wrong-secret"), Forever);
            Intacct.EndSessions();
            MakeOrganization($"Refused for {field}");
            await RestAsync(TimeSpan.FromMinutes(20));
            await secrets.ApplyAsync(Id, Change(field, right!), Forever);
        }

        await RestAsync();
        var lines = string.Join('\n', Log.Lines.Select(l => l.Text));
        Assert.True(Log.Lines.Count > 30, $"Only {Log.Lines.Count} lines were logged, which proves little.");
        await RestartAsync();
        var files = string.Concat(
            Directory
                .GetFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(f => Encoding.Latin1.GetString(ReadShared(f)))
        );
        Assert.Contains("Company 1", files, StringComparison.Ordinal);
        foreach (var secret in Planted)
        {
            Assert.DoesNotContain(secret, lines, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, files, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, SecretChange> Change(string field, string value) =>
        new(StringComparer.Ordinal) { [field] = SecretChange.To(value) };

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
