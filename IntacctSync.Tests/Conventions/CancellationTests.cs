using System.Reflection;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Tests.Conventions;

/// <summary>What can take long can be stopped: every asynchronous method takes a token, as its last argument.</summary>
public sealed class CancellationTests
{
    /// <summary>Those that must run to their end, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["CompanyLeases.RenewAsync"] = "bounds itself: a renewal that takes too long counts as refused",
        ["CompanyLeases.ReleaseAsync"] = "a lease is given back even while the host stops",
        ["RecordReader.ReadAsync"] = "XmlReader takes no token; the stream below it does",
        ["Examination.MakeAsync"] = "an examination holds the token of the call that it is made for",
        ["Examination.TryAsync"] = "as above",
        ["SettingsChecks.MakeAsync"] = "as above",
        ["LocalHost.RunAsync"] = "is the process: it ends by its signals",
        ["SandboxHost.RunAsync"] = "as above",
        ["RunProgress.AddAsync"] = "progress is told even while the host stops",
        ["RunProgress.BeatAsync"] = "that it is worked at is told even while the host stops",
        ["RunProgress.EndAsync"] = "an end is told even while the host stops",
        ["RunGuard.TellingAsync"] = "what it is given holds the token",
        ["Sides.WholeAsync"] = "as above",
        ["Sides.ReadAsync"] = "as above",
        ["Sides.FindAsync"] = "as above",
        ["FirstSyncDisplay.ShowAsync"] = "shows for as long as what it is given to watch",
    };

    private static readonly Assembly[] Product = [typeof(Envelope).Assembly, typeof(SqliteEnvelopeQueue).Assembly];

    [Fact]
    public void Every_asynchronous_method_takes_a_token_last()
    {
        var violations = Product
            .SelectMany(a => a.GetTypes())
            .SelectMany(Violations)
            .Where(v => !Exceptions.ContainsKey(v));
        Assert.True(!violations.Any(), string.Join(", ", violations));
        Assert.True(Product.SelectMany(a => a.GetTypes()).SelectMany(Asynchronous).Count() > 80);
    }

    [Fact]
    public void No_exception_outlives_its_method() =>
        Assert.Empty(
            Exceptions.Keys.Except(Product.SelectMany(a => a.GetTypes()).SelectMany(Violations), StringComparer.Ordinal)
        );

    [Fact]
    public void Methods_that_break_the_rule_are_found() =>
        Assert.Equal(
            ["Unstoppable.Forever", "Unstoppable.Later", "Unstoppable.TokenFirst"],
            Violations(typeof(Unstoppable)).Order(StringComparer.Ordinal)
        );

    private static IEnumerable<string> Violations(Type type) =>
        Asynchronous(type)
            .Where(m => m.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}");

    /// <summary>
    /// What others can call; a type's own private steps follow from it. Endings (DisposeAsync) take no token in .NET,
    /// and what overrides a method of .NET has the arguments that .NET gave it.
    /// </summary>
    private static IEnumerable<MethodInfo> Asynchronous(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsNestedPrivate || IsDelegate(type)
            ? []
            : type.GetMethods(
                    BindingFlags.Public
                        | BindingFlags.NonPublic
                        | BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.DeclaredOnly
                )
                .Where(m => !m.IsPrivate && !m.IsSpecialName && !m.Name.Contains('<', StringComparison.Ordinal))
                .Where(m => m.GetBaseDefinition().DeclaringType!.Assembly == type.Assembly)
                .Where(m => m.Name is not nameof(IAsyncDisposable.DisposeAsync) && IsAsynchronous(m.ReturnType));

    private static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type);

    private static bool IsAsynchronous(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (
            type.IsGenericType
            && (
                type.GetGenericTypeDefinition() == typeof(ValueTask<>)
                || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            )
        );

    internal abstract class Unstoppable
    {
        public abstract Task Forever();

#pragma warning disable CA1068 // What it warns of is what must be found.
        public abstract Task<int> TokenFirst(CancellationToken cancellationToken, int count);
#pragma warning restore CA1068

        internal abstract ValueTask<int> Later(int count);

        public abstract IAsyncEnumerable<int> Stoppable(int count, CancellationToken cancellationToken);
    }
}
