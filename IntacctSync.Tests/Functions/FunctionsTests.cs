using System.Text.Json;
using IntacctSync.Core;
using IntacctSync.Core.Detection;
using IntacctSync.Tests.Conventions;
using NCrontab;

namespace IntacctSync.Tests.Functions;

/// <summary>What the functions name is there, wherever it has to be: settings, infrastructure, host.json.</summary>
public sealed class FunctionsTests
{
    private static readonly string[] DeployedSettings =
    [
        .. CompiledTemplate
            .Of("functionApp")
            .Body.GetProperty("variables")
            .GetProperty("settings")
            .EnumerateObject()
            .Select(p => p.Name),
    ];

    private static readonly string[] LocalSettings =
    [
        .. JsonDocument
            .Parse(Sources.Get("local.settings.sample.json").Text)
            .RootElement.GetProperty("Values")
            .EnumerateObject()
            .Select(p => p.Name),
    ];

    [Fact]
    public void The_functions_are_those_that_the_documents_tell_of() =>
        Assert.Equal(
            [
                "Api",
                "DeadLetters",
                "FailureDigest",
                "Housekeeping",
                "NightlyReconciliation",
                "PollPayments",
                "PollProducts",
                "PollUpflow",
                "PollZuper",
                "ProcessEnvelopes",
                "RecordGauges",
            ],
            FunctionSource.All.Select(f => f.Name)
        );

    [Fact]
    public void The_page_for_developers_lists_each_and_starts_them_where_the_build_puts_them()
    {
        var page = Sources.Get("docs/local-azure.md").Text;
        Assert.All(
            FunctionSource.All,
            f => Assert.Contains($"`{f.Name}`", page.Split("It lists the functions")[1], StringComparison.Ordinal)
        );
        Assert.Contains("cd IntacctSync.Functions/bin/Debug/net10.0 && func start", page, StringComparison.Ordinal);
        var project = Sources.Get("IntacctSync.Functions/IntacctSync.Functions.csproj").Text;
        Assert.Contains(
            "<None Include=\"../host.json\" Link=\"host.json\" CopyToOutput",
            project,
            StringComparison.Ordinal
        );
    }

    /// <summary>So the OpenTelemetry of the worker names what a trigger starts.</summary>
    [Fact]
    public void The_runbook_names_polls_as_telemetry_does() =>
        Assert.Contains(
            "`dependencies` named `function PollZuper`",
            Sources.Get("docs/runbook.md").Text,
            StringComparison.Ordinal
        );

    /// <summary>A timer whose setting is missing fails to be indexed, and with it the whole app.</summary>
    [Fact]
    public void Every_setting_that_a_trigger_names_is_known_and_set()
    {
        var named = FunctionSource.All.SelectMany(f => f.Settings).ToList();
        Assert.Equal(4, named.Count);
        Assert.All(
            named,
            key =>
            {
                Assert.Contains(key, ConfigurationKeys.OfAzure);
                Assert.Contains(key, LocalSettings);
                Assert.Contains(key, DeployedSettings);
            }
        );
    }

    [Fact]
    public void Every_schedule_is_one() =>
        Assert.All(
            FunctionSource.All.Where(f => f.Trigger == "TimerTrigger" && !f.Settings.Any()),
            f =>
                Assert.NotNull(
                    CrontabSchedule.TryParse(f.Text ?? "", new CrontabSchedule.ParseOptions { IncludingSeconds = true })
                )
        );

    [Fact]
    public void The_queue_and_its_connection_are_those_of_the_infrastructure()
    {
        var names = Sources.Get("IntacctSync.Functions/Broker/ServiceBusNames.cs").Text;
        Assert.Contains("Queue = \"envelopes\"", names, StringComparison.Ordinal);
        Assert.Contains("DeadLetters = \"envelopes/$DeadLetterQueue\"", names, StringComparison.Ordinal);
        Assert.Contains($"Connection = \"{ServiceBusOptions.ConnectionKey}\"", names, StringComparison.Ordinal);
        Assert.Contains(
            "'envelopes'",
            CompiledTemplate
                .Of("serviceBus")
                .OfType("Microsoft.ServiceBus/namespaces/queues")
                .Single()
                .GetProperty("name")
                .GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains("ServiceBus__fullyQualifiedNamespace", DeployedSettings);
        Assert.Contains("ServiceBus__fullyQualifiedNamespace", LocalSettings);
        var triggers = FunctionSource.All.Where(f => f.Trigger == "ServiceBusTrigger").ToList();
        Assert.Equal(2, triggers.Count);
        Assert.All(
            triggers,
            t => Assert.Contains("Connection = ServiceBusNames.Connection", t.Arguments, StringComparison.Ordinal)
        );
        Assert.All(
            triggers,
            t => Assert.Contains("AutoCompleteMessages = false", t.Arguments, StringComparison.Ordinal)
        );
        Assert.Single(triggers, t => t.Arguments.Contains("IsSessionsEnabled = true", StringComparison.Ordinal));
    }

    /// <summary>A function is a way in for the flows of the feeds whose timer it is.</summary>
    [Fact]
    public void Every_flow_has_a_way_in()
    {
        var polls = Sources.Get("IntacctSync.Functions/Triggers/PollFunctions.cs").Code;
        Assert.All(
            IntacctSyncRegistration.Apps.Timers,
            timer =>
            {
                Assert.Contains($"%{PollingOptions.Flat(timer)}%", polls, StringComparison.Ordinal);
                Assert.Contains($"TickAsync(\"{timer}\"", polls, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData("extensions:serviceBus:maxConcurrentSessions", "16")]
    [InlineData("extensions:serviceBus:maxConcurrentCallsPerSession", "100")]
    [InlineData("extensions:serviceBus:maxAutoLockRenewalDuration", "1.00:00:00")]
    [InlineData("extensions:serviceBus:sessionIdleTimeout", "00:00:02")]
    [InlineData("extensions:serviceBus:prefetchCount", "0")]
    [InlineData("extensions:serviceBus:autoCompleteMessages", "false")]
    [InlineData("extensions:http:routePrefix", "")]
    [InlineData("functionTimeout", "00:30:00")]
    [InlineData("telemetryMode", "OpenTelemetry")]
    public void Host_json_says(string path, string value) =>
        Assert.Equal(
            value,
            path.Split(':')
                .Aggregate(
                    JsonDocument.Parse(Sources.Get("host.json").Text).RootElement,
                    (e, name) => e.GetProperty(name)
                )
                .ToString(),
            ignoreCase: true
        );

    [Fact]
    public void Host_json_retries_nothing_by_itself() =>
        Assert.DoesNotContain("\"retry\"", Sources.Get("host.json").Text, StringComparison.Ordinal);
}
