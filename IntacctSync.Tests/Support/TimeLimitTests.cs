using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace IntacctSync.Tests.Support;

/// <summary>A test that waits in vain fails by its limit, and every test that awaits has one.</summary>
public sealed class TimeLimitTests
{
    [Fact]
    public async Task A_test_that_waits_in_vain_fails_by_its_limit()
    {
        var messages = new Results();
        var summary = await Case(nameof(Cases.Waits_in_vain))
            .RunAsync(messages, messages, [], new ExceptionAggregator(), new CancellationTokenSource());
        Assert.Equal((1, 1), (summary.Total, summary.Failed));
        Assert.Equal(typeof(TestTimeoutException).FullName, Assert.Single(messages.Failures).ExceptionTypes[0]);
    }

    [Fact]
    public async Task A_test_that_waits_in_vain_to_be_prepared_fails_too()
    {
        var messages = new Results();
        var summary = await Case(nameof(Unprepared.Would_pass), typeof(Unprepared), TimeSpan.FromMilliseconds(50))
            .RunAsync(messages, messages, [], new ExceptionAggregator(), new CancellationTokenSource());
        Assert.Equal((1, 1), (summary.Total, summary.Failed));
        Assert.Equal(typeof(TestTimeoutException).FullName, Assert.Single(messages.Failures).ExceptionTypes[0]);
    }

    [Theory]
    [InlineData(nameof(Cases.Waits), 600_000)]
    [InlineData(nameof(Cases.Waits_in_vain), 50)]
    [InlineData(nameof(Cases.Is_not_awaited), 0)]
    public void The_limit_is_that_of_all_unless_a_test_states_its_own(string name, int milliseconds) =>
        Assert.Equal(milliseconds, Case(name).Timeout);

    [Fact]
    public void Every_test_of_this_project_is_found_by_what_limits_it()
    {
        var attributes = typeof(TimeLimitTests)
            .Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<Xunit.FactAttribute>())
            .ToList();
        Assert.True(attributes.Count > 1000);
        Assert.All(attributes, attribute => Assert.True(attribute is FactAttribute or TheoryAttribute));
    }

    private static LimitedTestCase Case(string name, Type? cases = null, TimeSpan? around = null)
    {
        var type = new ReflectionTypeInfo(cases ?? typeof(Cases));
        var assembly = new TestAssembly(new ReflectionAssemblyInfo(type.Type.Assembly));
        var collection = new TestCollection(assembly, null, nameof(Cases));
        var method = new TestMethod(
            new TestClass(collection, type),
            new ReflectionMethodInfo(type.Type.GetMethod(name)!)
        );
        return new LimitedTestCase(new Results(), TestMethodDisplay.Method, TestMethodDisplayOptions.None, method)
        {
            Around = around ?? TimeLimit.Around,
        };
    }

#pragma warning disable xUnit1000, xUnit3000 // No run is to find these cases, and nothing leaves the process.
    /// <summary>Not public, so that no run finds them.</summary>
    private sealed class Cases
    {
        [Case(Timeout = 50)]
        public Task Waits_in_vain() => new TaskCompletionSource().Task;

        [Case]
        public Task Waits() => Task.CompletedTask;

        [Case]
        public void Is_not_awaited() { }
    }

    /// <summary>Not public either.</summary>
    private sealed class Unprepared : IAsyncLifetime
    {
        public Task InitializeAsync() => new TaskCompletionSource().Task;

        public Task DisposeAsync() => Task.CompletedTask;

        [Case(Timeout = 50)]
        public Task Would_pass() => Task.CompletedTask;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CaseAttribute : FactAttribute;

    private sealed class Results : IMessageBus, IMessageSink
    {
        public List<ITestFailed> Failures { get; } = [];

        public bool QueueMessage(IMessageSinkMessage message) => OnMessage(message);

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed)
                Failures.Add(failed);
            return true;
        }

        public void Dispose() { }
    }
#pragma warning restore xUnit1000, xUnit3000
}
