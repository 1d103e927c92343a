using Xunit.Abstractions;
using Xunit.Sdk;

namespace IntacctSync.Tests.Support;

/// <summary>
/// How long a test that awaits may take before it fails: so one that waits in vain is named by the run that it would
/// else hold up. A test that needs longer says so itself: <c>[Fact(Timeout = …)]</c>.
/// </summary>
/// <remarks>
/// xunit limits a test method by <c>Timeout</c> in milliseconds, and refuses one on a method that can't be awaited. A
/// method that blocks its thread is ended by the runner: see <c>--blame-hang</c> in <c>.ci/run</c>.
/// </remarks>
public static class TimeLimit
{
    /// <summary>Many times what the slowest usual test takes on a busy machine of two cores.</summary>
    public static readonly TimeSpan OfEach = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How much longer a test may take with what is awaited before and after it, such as <c>InitializeAsync</c>, which
    /// xunit does not limit.
    /// </summary>
    public static readonly TimeSpan Around = TimeSpan.FromMinutes(3);

    /// <param name="stated">What the attribute says, in milliseconds; 0 for nothing.</param>
    /// <param name="method">The test.</param>
    /// <returns>Milliseconds; 0 for a method that is not awaited.</returns>
    internal static int Of(int stated, IMethodInfo method) =>
        stated == 0 && IsAwaited(method) ? (int)OfEach.TotalMilliseconds : stated;

    /// <summary>Ends a test as failed that takes too long with what is awaited around it.</summary>
    internal static async Task<RunSummary> LimitAsync(
        this Task<RunSummary> run,
        IXunitTestCase test,
        TimeSpan around,
        IMessageBus messages
    )
    {
        var limit = around + (test.Timeout == 0 ? OfEach : TimeSpan.FromMilliseconds(test.Timeout));
        if (await Task.WhenAny(run, Task.Delay(limit, TimeProvider.System, CancellationToken.None)) == run)
            return await run;
        messages.QueueMessage(
            new TestFailed(
                new XunitTest(test, test.DisplayName),
                (decimal)limit.TotalSeconds,
                "What is awaited before or after this test did not end.",
                new TestTimeoutException((int)limit.TotalMilliseconds)
            )
        );
        return new RunSummary
        {
            Total = 1,
            Failed = 1,
            Time = (decimal)limit.TotalSeconds,
        };
    }

    private static bool IsAwaited(IMethodInfo method) =>
        method.ReturnType.Name is { } name
        && (
            name.StartsWith("System.Threading.Tasks.Task", StringComparison.Ordinal)
            || name.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal)
        );
}

/// <summary>Finds facts, and limits them.</summary>
public sealed class LimitedFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        new LimitedTestCase(
            DiagnosticMessageSink,
            discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(),
            testMethod
        );
}

/// <summary>Finds the rows of theories, and limits each.</summary>
public sealed class LimitedTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute,
        object[] dataRow
    ) =>
        [
            new LimitedTestCase(
                DiagnosticMessageSink,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod,
                dataRow
            ),
        ];

    protected override IEnumerable<IXunitTestCase> CreateTestCasesForTheory(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute
    ) =>
        [
            new LimitedTheoryTestCase(
                DiagnosticMessageSink,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod
            ),
        ];
}

/// <summary>A fact, or a row of a theory, with its limit.</summary>
public sealed class LimitedTestCase : XunitTestCase
{
    [Obsolete("For the deserializer of xunit only.", error: true)]
    public LimitedTestCase() { }

    public LimitedTestCase(
        IMessageSink messages,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod method,
        object[]? row = null
    )
        : base(messages, display, displayOptions, method, row) { }

    internal TimeSpan Around { get; init; } = TimeLimit.Around;

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource
    ) =>
        base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource)
            .LimitAsync(this, Around, messageBus);

    protected override int GetTimeout(IAttributeInfo factAttribute) =>
        TimeLimit.Of(base.GetTimeout(factAttribute), TestMethod.Method);
}

/// <summary>
/// A theory whose rows are read while it runs, with the limit of each row. What is awaited around a row has none.
/// </summary>
public sealed class LimitedTheoryTestCase : XunitTheoryTestCase
{
    [Obsolete("For the deserializer of xunit only.", error: true)]
    public LimitedTheoryTestCase() { }

    public LimitedTheoryTestCase(
        IMessageSink messages,
        TestMethodDisplay display,
        TestMethodDisplayOptions displayOptions,
        ITestMethod method
    )
        : base(messages, display, displayOptions, method) { }

    protected override int GetTimeout(IAttributeInfo factAttribute) =>
        TimeLimit.Of(base.GetTimeout(factAttribute), TestMethod.Method);
}
