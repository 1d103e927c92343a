using System.Globalization;
using System.Text;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Local;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Local;

/// <summary>What a host keeps in its data folder once a connection is purged, while it goes on running.</summary>
public sealed class PurgeTests : IAsyncLifetime
{
    private static readonly ConnectionId Going = ConnectionId.Parse("canary-going");
    private static readonly ConnectionId Staying = ConnectionId.Parse("canary-staying");

    private readonly TemporaryFolder _folder = new();
    private WebApplication _host = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder([
            "--sandbox=off",
            "--urls=http://127.0.0.1:0",
            $"--Storage:Path={_folder.File("data.db")}",
            $"--Secrets:Path={_folder.File("secrets")}",
        ]);
        _host = LocalApp.Build(
            builder,
            LocalSettings.Read(builder.Configuration),
            () => new OperationsAccess(null, WithoutKey.Refuse)
        );
        await _host.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nothing_of_a_purged_connection_is_left_in_any_file_and_all_of_the_other_one_is()
    {
        await FillAsync(Going, "going-company");
        await FillAsync(Staying, "staying-company");
        Assert.All(["going-street", "going-mail", "going-company", "canary-going"], AssertKept);

        Assert.Equal(PurgeOutcome.Done, await PurgeAsync(Going));

        Assert.All(
            ["going-street", "going-title", "going-mail", "going-queued", "going-company", "canary-going"],
            AssertGone
        );
        Assert.All(["staying-street", "staying-mail", "staying-queued", "staying-company"], AssertKept);
        Assert.Equal("staying-title 7", (await EntryAsync(Staying, 7))!.Title);
        await FillAsync(ConnectionId.Parse("canary-next"), "next-company");
        AssertKept("next-street");
    }

    [Fact]
    public async Task What_is_kept_of_a_company_stays_while_another_connection_uses_it()
    {
        await FillAsync(Going, "shared-company");
        await FillAsync(Staying, "shared-company");
        var tally = Get<TransactionTally>();
        var company = new CompanyId("shared-company");

        await PurgeAsync(Going);
        Assert.Equal(14, await tally.ReadAsync(company, TimeProvider.System.GetUtcNow(), CancellationToken.None));
        AssertKept("shared-company");
        AssertGone("going-street");

        await PurgeAsync(Staying);
        AssertGone("shared-company");
    }

    [Fact]
    public async Task What_is_kept_of_a_company_that_it_had_before_is_gone_too()
    {
        var former = new CompanyId("former-company");
        await Get<ConnectionStore>()
            .PutAsync(
                Going,
                Some.Settings() with
                {
                    Intacct = Some.Settings().Intacct with { CompanyId = former.Value },
                },
                CancellationToken.None
            );
        await using (await Get<CompanyLeases>().TryAcquireAsync(former, CancellationToken.None))
        {
            Get<TransactionTally>().Add(former.Value, 7);
            await Get<TransactionTally>().FlushAsync(CancellationToken.None);
        }

        await FillAsync(Going, "going-company");
        AssertKept("former-company");
        await PurgeAsync(Going);
        Assert.All(["former-company", "going-company"], AssertGone);
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private Task<PurgeOutcome> PurgeAsync(ConnectionId connection) =>
        Get<ConnectionPurge>().PurgeAsync(connection, CancellationToken.None);

    private Task<KeyMapEntry?> EntryAsync(ConnectionId connection, int number) =>
        Get<KeyMapStore>().GetAsync(Key(connection, number), CancellationToken.None);

    /// <summary>Rows that are changed and removed now and then, as they are while a connection lives.</summary>
    private async Task FillAsync(ConnectionId id, string company)
    {
        var name = id.Value.Replace("canary-", "", StringComparison.Ordinal);
        var settings = Some.Settings() with
        {
            Intacct = new IntacctSettings
            {
                SenderId = "sender",
                CompanyId = company,
                UserId = $"{name}-mail@example.org",
            },
        };
        await Get<ConnectionStore>().PutAsync(id, settings, CancellationToken.None);
        await Get<ConnectionTimeline>().AddAsync(id, "noted", $"{name}-street 1", null, CancellationToken.None);
        var store = Get<KeyMapStore>();
        for (var i = 0; i < 60; i++)
        {
            var entry = new KeyMapEntry { Key = Key(id, i), Title = $"{name}-title {i}" }.Note(
                Some.Now,
                "noted",
                $"{name}-street {i} " + Some.Noise(900, i)
            );
            var saved = (await store.SaveAsync([entry], CancellationToken.None)).Values.Single();
            await store.SaveAsync([saved.Note(Some.Now, "again", Some.Noise(300, i))], CancellationToken.None);
        }

        await using (await Get<CompanyLeases>().TryAcquireAsync(new CompanyId(company), CancellationToken.None))
        {
            Get<TransactionTally>().Add(company, 7);
            await Get<TransactionTally>().FlushAsync(CancellationToken.None);
        }

        // Due tomorrow, so that it stays on the queue.
        var envelopes = Enumerable
            .Range(0, 60)
            .Select(i => new OutgoingEnvelope(
                Some.Envelope($"{name}-queued-{i}") with
                {
                    Connection = id,
                    Company = new CompanyId(company),
                },
                TimeProvider.System.GetUtcNow().AddDays(1)
            ));
        await Get<IEnvelopeQueue>().SendAsync([.. envelopes], CancellationToken.None);
    }

    private static SyncKey Key(ConnectionId connection, int number) =>
        new(connection, ZuperFlows.Organizations, string.Create(CultureInfo.InvariantCulture, $"org-{number}"));

    private void AssertKept(string text) => Assert.True(FilesWith(text).Any(), $"'{text}' is in no file.");

    private void AssertGone(string text) =>
        Assert.True(!FilesWith(text).Any(), $"'{text}' is still in {string.Join(", ", FilesWith(text))}.");

    private IEnumerable<string> FilesWith(string text) =>
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file =>
                Contains(file, Encoding.UTF8.GetBytes(text)) || file.Contains(text, StringComparison.Ordinal)
            );

    private static bool Contains(string file, byte[] text)
    {
        // As it may be read while the host has it open.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(text) >= 0;
    }
}
