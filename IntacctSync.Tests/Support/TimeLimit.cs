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

    /// <param name="stated">What the attribute says, in milliseconds; 0 for nothing.</param>
    /// <param name="method">The test.</param>
    /// <returns>Milliseconds; 0 for a method that is not awaited.</returns>
    internal static int Of(int stated, IMethodInfo method) =>
        stated == 0 && IsAwaited(method) ? (int)OfEach.TotalMilliseconds : stated;

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

    protected override int GetTimeout(IAttributeInfo factAttribute) =>
        TimeLimit.Of(base.GetTimeout(factAttribute), TestMethod.Method);
}

/// <summary>A theory whose rows are read while it runs, with the limit of each row.</summary>
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
