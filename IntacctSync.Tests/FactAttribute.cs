using IntacctSync.Tests.Support;
using Xunit.Sdk;

namespace IntacctSync.Tests;

/// <summary>
/// A test with a <see cref="TimeLimit"/> where it awaits. It stands in the tests' outermost namespace, where its name
/// goes before xunit's, so that every <c>[Fact]</c> of this project is one and nobody has to think of it.
/// </summary>
[XunitTestCaseDiscoverer("IntacctSync.Tests.Support." + nameof(LimitedFactDiscoverer), "IntacctSync.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute : Xunit.FactAttribute;

/// <summary>The same for <c>[Theory]</c>: each row has the limit for itself.</summary>
[XunitTestCaseDiscoverer("IntacctSync.Tests.Support." + nameof(LimitedTheoryDiscoverer), "IntacctSync.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public class TheoryAttribute : Xunit.TheoryAttribute;
