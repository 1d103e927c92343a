using System.Text.RegularExpressions;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// The console puts the labels of its form in the place of the settings that the doctor names. It knows a setting by
/// its whole path; part of one would reach people as a code word.
/// </summary>
public sealed partial class DoctorWordsTests
{
    /// <summary>What whole paths are put together from: each is a text by itself, no part of one.</summary>
    private static readonly string[] Parts =
    [
        "glAccountNo",
        "accountLabel",
        "invoice.tax",
        "invoice.discount",
        "invoice.fee",
        "invoice.rounding",
    ];

    /// <summary>A value, and an example of an address.</summary>
    private static readonly string[] Others = ["orderEntry", "sync.example.com"];

    [Fact]
    public void The_doctor_names_settings_by_their_whole_paths()
    {
        var known = ZuperForm
            .Form.Fields.Concat(UpflowForm.Form.Fields)
            .Select(f => f.Path)
            .Concat(Others)
            .ToHashSet(StringComparer.Ordinal);
        var unknown = Sources
            .Code("IntacctSync.Core")
            .Where(file =>
                file.Path.Contains("/Doctor/", StringComparison.Ordinal)
                || file.Path.Contains("/Apps/Checks/", StringComparison.Ordinal)
            )
            .SelectMany(file => Told(file.Text).Where(word => !known.Contains(word)).Select(w => $"{file.Path}: {w}"))
            .ToList();
        Assert.True(
            unknown.Count == 0,
            $"{string.Join("; ", unknown)}: name the setting by its path in the form, such as invoice.glAccountNo."
        );
    }

    private static IEnumerable<string> Told(string code) =>
        code.Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Literal().Matches(line))
            .Select(literal => literal.Value.Trim('"'))
            .Where(text => !Parts.Contains(text, StringComparer.Ordinal))
            .SelectMany(text => Member().Matches(Hole().Replace(text, "")))
            .Select(word => word.Value);

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.None, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    /// <summary>As <c>FieldWords</c> looks for members of the document.</summary>
    [GeneratedRegex(@"\b[a-z]+(?:[A-Z]\w*)?(?:\.[a-z]\w+)+\b|\b[a-z]+[A-Z]\w*\b", RegexOptions.None, 1000)]
    private static partial Regex Member();
}
