using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Cli;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Web.Console;
using Spectre.Console;
using Spectre.Console.Testing;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>The wizard as a newcomer goes through it: the whole host, the simulators, and typed answers.</summary>
public sealed class ConnectDialogTests : IAsyncLifetime
{
    private readonly TestConsole _person = new TestConsole().Interactive().EmitAnsiSequences();
    private ConsoleStand _stand = null!;

    public async Task InitializeAsync()
    {
        _stand = await ConsoleStand.StartAsync();
        _person.Profile.Width = 80;
    }

    public async Task DisposeAsync()
    {
        _person.Dispose();
        await _stand.DisposeAsync();
    }

    [Fact]
    public async Task Zuper_is_connected_from_nothing_to_a_previewed_first_sync_in_one_go()
    {
        Type("zuper", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "wrong");
        Type("sandbox", "sandbox-zuper-key", "", "acme");
        Type("sandbox", "sandbox-user", "sandbox-user-password", "");
        Type("", "perhaps", "", "");
        Choose("", "Location", "Cheque", "(none)");
        Type("", "", "", "2026-01-01", "");
        Choose("4000", "2200", "4020", "4090", "4090");
        Mark("Currency", "Payment term");
        Choose("Net 30", "USD");
        Mark("Payment modes");
        Choose("Printed Check", "Cheque", "");

        // The doctor misses the category: it is asked for again, with the same list to choose from.
        Type("y", "");
        Choose("Parts");
        Type("y");
        var (code, output) = await RunAsync();
        Assert.True(code == ExitCodes.Done, output);
        Assert.Contains("Check 'Sage Company ID'", output, StringComparison.Ordinal);
        Assert.Contains("Answer yes or no or y or n.", _person.Output, StringComparison.Ordinal);
        Assert.Contains("One thing must be mended.", output, StringComparison.Ordinal);
        Assert.Contains("All that could be examined works.", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", output, StringComparison.Ordinal);
        Assert.Matches(@"organizations +\d\d ", output);
        Assert.Contains("acme is live.", output, StringComparison.Ordinal);
        Assert.Contains($"\n  {VerbProgram.Called} webhooks register", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox-user-password", output + _person.Output, StringComparison.Ordinal);
        var stored = await StoredAsync();
        Assert.True(stored.Active);
        var settings = stored.Settings.Zuper();
        Assert.True(settings.SyncCustomers);
        Assert.Equal("4000", settings.Invoice.GlAccountNo);
        Assert.Equal("2200", settings.Invoice.Tax.GlAccountNo);
        Assert.Equal("Location", settings.InvoiceLocationField);
        Assert.Equal(ZuperPaymentModes.Cheque.Uid, settings.PaymentModes["Printed Check"]);
        Assert.Equal(("USD", "Net 30"), (settings.Invoice.Currency, settings.Invoice.TermName));
        Assert.Equal(ZuperCategories.Parts, settings.DefaultProductCategoryUid);
        Assert.Equal(ZuperPaymentModes.Cheque.Uid, settings.DefaultPaymentModeUid);
        Assert.DoesNotContain(ZuperCategories.Parts, output + _person.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upflow_is_connected_from_nothing_to_a_previewed_first_sync_in_one_go()
    {
        Type("upflow", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "sandbox-user-password");
        Type("sandbox-upflow-key", "sandbox-upflow-secret", "", "acme");
        Choose("USD");
        Type("", "", "", "", "", "2026-01-01", "", "", "yes");
        Choose("BANK", "");
        Mark();
        Type("y");
        var (code, output) = await RunAsync();
        Assert.True(code == ExitCodes.Done, output);
        Assert.Contains("Nothing was written.", output, StringComparison.Ordinal);
        Assert.Matches(@"upflow-customers +\d", output);
        var settings = (await StoredAsync()).Settings.Upflow();
        Assert.Equal("BANK", settings.Receipts.BankAccountId);
    }

    [Fact]
    public async Task Who_does_not_let_it_begin_leaves_a_connection_that_rests_and_has_written_nothing()
    {
        Type("upflow", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "sandbox-user-password");
        Type("sandbox-upflow-key", "sandbox-upflow-secret", "", "acme");
        Choose("USD");
        Type("", "", "", "", "", "2026-01-01", "", "", "");
        Mark();
        Type("n", "n");
        var (code, output) = await RunAsync();
        Assert.True(code == ExitCodes.NeedsPerson, output);
        Assert.Contains("acme is stored and rests. To let it begin:", output, StringComparison.Ordinal);
        Assert.Contains(
            $"{VerbProgram.Called} activate --connection acme --url {_stand.Address}",
            output,
            StringComparison.Ordinal
        );
        Assert.False((await StoredAsync()).Active);
        var counts = await _stand
            .Get<RecordQuery>()
            .CountAsync(ConnectionId.Parse("acme"), UpflowFlows.Customers, CancellationToken.None);
        Assert.Equal(0, counts.Total);
    }

    [Fact]
    public void The_host_tells_letters_where_it_is() =>
        Assert.Equal(_stand.Address.GetLeftPart(UriPartial.Authority), _stand.Get<EmailOptions>().OwnAddress);

    [Fact]
    public async Task A_name_that_is_taken_is_asked_for_again_and_its_connection_stays()
    {
        var taken = await _stand.Get<SandboxSetup>().PutConnectionAsync(CancellationToken.None);
        await _stand
            .Get<ConnectionStore>()
            .ChangeAsync(taken.Id, c => c with { Active = false }, CancellationToken.None);
        Type("upflow", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "sandbox-user-password");
        Type("sandbox-upflow-key", "sandbox-upflow-secret", "", taken.Id.Value, "acme");
        Choose("USD");
        Type("", "", "", "", "", "2026-01-01", "", "", "");
        Mark();
        Type("n", "y");
        var (_, output) = await RunAsync();
        Assert.Contains($"There is a connection '{taken.Id}' already.", output, StringComparison.Ordinal);
        Assert.Contains("acme is forgotten.", output, StringComparison.Ordinal);
        var connections = _stand.Get<ConnectionStore>();
        Assert.Null(await connections.GetAsync(ConnectionId.Parse("acme"), CancellationToken.None));
        var stays = (await connections.GetAsync(taken.Id, CancellationToken.None))!;
        Assert.Equal(taken.Settings.App, stays.Settings.App);
    }

    [Fact]
    public async Task A_connection_that_was_made_and_never_activated_is_gone_on_with_by_its_name()
    {
        Type("upflow", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "sandbox-user-password");
        Type("sandbox-upflow-key", "sandbox-upflow-secret", "", "acme");
        Choose("USD");
        Type("", "", "", "", "", "2026-01-01", "", "", "yes");
        Choose("BANK", "");
        Mark();
        Type("n", "n");
        await RunAsync();

        Type("upflow", "sandbox-sender", "sandbox-sender-password", "sandbox", "sandbox-user", "sandbox-user-password");
        Type("sandbox-upflow-key", "sandbox-upflow-secret", "", "acme", "y");
        Choose("USD");
        Type("", "", "", "", "", "", "", "", "");
        Choose("", "");
        Mark();
        Type("y");
        var (code, output) = await RunAsync();
        Assert.True(code == ExitCodes.Done, output);
        var stored = await StoredAsync();
        Assert.True(stored.Active);
        Assert.Equal(new DateOnly(2026, 1, 1), stored.Settings.StartDate);
        Assert.Equal("BANK", stored.Settings.Upflow().Receipts.BankAccountId);
    }

    private async Task<Connection> StoredAsync() =>
        (await _stand.Get<ConnectionStore>().GetAsync(ConnectionId.Parse("acme"), CancellationToken.None))!;

    private void Type(params string[] lines)
    {
        foreach (var line in lines)
            _person.Input.PushTextWithEnter(line);
    }

    /// <summary>Types the beginning of what is searched for, and takes it.</summary>
    private void Choose(params string[] beginnings) => Type(beginnings);

    /// <summary>Marks fields of the section that comes next, in the order in which they stand there.</summary>
    private void Mark(params string[] labels)
    {
        var section = ConnectForm
            .FormOf("zuper")
            .Sections.FirstOrDefault(s => labels.Length > 0 && s.Fields.Any(f => f.Label == labels[0]));
        foreach (var question in section is null ? [] : ConnectForm.Of(section))
        {
            if (labels.Contains(question.Text, StringComparer.Ordinal))
                _person.Input.PushKey(ConsoleKey.Spacebar);
            _person.Input.PushKey(ConsoleKey.DownArrow);
        }

        _person.Input.PushKey(ConsoleKey.Enter);
    }

    private async Task<(int Code, string Output)> RunAsync()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerbProgram.RunAsync(
            ["connect", "--url", _stand.Address.ToString(), "--key", ConsoleStand.Key],
            output,
            errors,
            new StubClients(new SocketsHttpHandler()),
            _person,
            TextReader.Null,
            CancellationToken.None
        );
        return (code, $"{output}{errors}");
    }
}
