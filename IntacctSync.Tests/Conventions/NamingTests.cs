using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>A name says what a thing is or does; these words say neither.</summary>
public sealed class NamingTests
{
    /// <summary>Words that Azure gave, not we.</summary>
    private static readonly string[] Exceptions = ["ServiceBus"];

    [Fact]
    public void No_type_and_no_folder_is_named_after_nothing()
    {
        Assert.Empty(Sources.All.SelectMany(Violations));
        Assert.True(Sources.All.SelectMany(f => f.AllTypes).Count() > 200);
    }

    [Theory]
    [InlineData("IntacctSync.Core/Domain/A.cs", "public sealed class InvoiceManager;")]
    [InlineData("IntacctSync.Core/Domain/A.cs", "internal static class TextHelper;")]
    [InlineData("IntacctSync.Core/Domain/A.cs", "    private sealed record struct DateUtils;")]
    [InlineData("IntacctSync.Core/Domain/A.cs", "public static partial class StringUtilities;")]
    [InlineData("IntacctSync.Core/Domain/A.cs", "public interface IInvoiceService;")]
    [InlineData("IntacctSync.Core/Domain/A.cs", "public enum Misc;")]
    [InlineData("IntacctSync.Core/Common/A.cs", "")]
    [InlineData("IntacctSync.Web/Helpers/A.cs", "")]
    public void The_rule_finds_a_name_that_breaks_it(string path, string text) =>
        Assert.Single(Violations(new SourceFile(path, text)));

    [Fact]
    public void The_rule_lets_pass_the_words_that_azure_gave() =>
        Assert.Empty(
            Violations(
                new SourceFile(
                    "IntacctSync.Functions/ServiceBus/A.cs",
                    "public sealed class ServiceBus;\npublic sealed class ServiceBusSender;"
                )
            )
        );

    private static IEnumerable<string> Violations(SourceFile file) =>
        file
            .AllTypes.Where(IsEmptyWord)
            .Select(t => $"{file.Path} declares {t}.")
            .Concat(file.Path.Split('/')[..^1].Where(IsEmptyWord).Select(f => $"{file.Path} lies in {f}."));

    private static bool IsEmptyWord(string name) =>
        !Exceptions.Contains(name, StringComparer.Ordinal)
        && Regex.IsMatch(
            name,
            "(Manager|Helper|Util|Utils|Utility|Utilities|Common|Misc|Service)s?$",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
}
