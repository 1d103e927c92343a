using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// What a new setting of a connection must touch. See CONTRIBUTING, "How to add a setting": each failure says what is
/// to be added.
/// </summary>
public sealed class NewSettingTests
{
    private static readonly ConnectionRules Rules = new(
        IntacctSyncRegistration.Apps,
        HostAllowList.Parse("*.zuperpro.com;*.upflow.io")
    );

    /// <summary>What the form asks elsewhere than in a field: the app is chosen before it.</summary>
    private static readonly string[] NotInTheForm = ["app"];

    public static TheoryData<string> Apps => [ZuperProfile.Instance.Name, UpflowProfile.Instance.Name];

    [Theory]
    [MemberData(nameof(Apps))]
    public void Each_setting_has_a_field_in_the_form(string app)
    {
        var settings = Of(app);
        var fields = settings.Profile.Form.Fields.Select(f => f.Path).ToList();
        var missing = Paths(settings)
            .Where(p =>
                !NotInTheForm.Contains(p, StringComparer.Ordinal) && !fields.Contains(p, StringComparer.Ordinal)
            )
            .ToList();
        Assert.True(
            missing.Count == 0,
            $"The form of {app} has no field for {string.Join(", ", missing)}: add a FormField to the app's form, "
                + "with a label that a person understands."
        );
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Each_field_of_the_form_is_a_setting(string app)
    {
        var settings = Of(app);
        var known = Paths(settings).Concat(settings.Profile.Secrets.All).ToHashSet(StringComparer.Ordinal);
        var unknown = settings.Profile.Form.Fields.Select(f => f.Path).Where(p => !known.Contains(p)).ToList();
        Assert.True(
            unknown.Count == 0,
            $"The form of {app} has fields for {string.Join(", ", unknown)}, which are no settings: what is written "
                + "there is refused. Correct their paths, or add the settings."
        );
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Each_setting_is_described_in_the_page_of_the_calls(string app)
    {
        var described = Described(app);
        var missing = Paths(Of(app))
            .Where(p => !described.Any(d => p == d || p.StartsWith(d + ".", StringComparison.Ordinal)))
            .ToList();
        Assert.True(
            missing.Count == 0,
            $"docs/api.md has no row for {string.Join(", ", missing)}: add it to the table of {app} there, and say "
                + "what it does."
        );
    }

    /// <summary>
    /// The settings in the tables of an app's document. What comes first in a row may be followed by others of the same
    /// place: <c>invoice.tax</c>, <c>.fee</c>. A row of a part, such as <c>invoice.tax</c>, is of all in it.
    /// </summary>
    private static HashSet<string> Described(string app)
    {
        var page = Sources.Get("docs/api.md").Text.ReplaceLineEndings("\n");
        var (zuper, upflow) = (
            page.IndexOf("| setting |", StringComparison.Ordinal),
            page.IndexOf("### Upflow\n", StringComparison.Ordinal)
        );
        var end = page.IndexOf("\n## ", upflow, StringComparison.Ordinal);
        var described = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in page[zuper..(app == ZuperProfile.Instance.Name ? upflow : end)].Split('\n'))
        {
            if (!row.StartsWith("| `", StringComparison.Ordinal))
                continue;
            var place = "";
            foreach (var name in row.Split('|')[1].Split('`').Where((_, part) => part % 2 == 1))
            {
                if (!name.StartsWith('.'))
                    place = name.Contains('.', StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : name;
                described.Add(name.StartsWith('.') ? place + name : name);
            }
        }

        return described;
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Each_setting_is_read_from_the_document_that_shows_it(string app)
    {
        var errors = new FieldErrors();
        var shown = ConnectionDocument.Show(Of(app), new HashSet<string>(StringComparer.Ordinal));
        ConnectionDocument.Read(JsonSerializer.SerializeToElement(shown), Rules, errors);
        var unread = errors
            .ToDictionary()
            .Where(e => e.Value.Any(t => t.Contains("is no setting", StringComparison.Ordinal)))
            .Select(e => e.Key)
            .ToList();
        Assert.True(
            unread.Count == 0,
            $"The profile of {app} does not read {string.Join(", ", unread)}: add a line to its Read, or what is put "
                + "is refused as unknown."
        );
    }

    private static ConnectionSettings Of(string app) =>
        app == ZuperProfile.Instance.Name ? new ZuperConnectionSettings() : new UpflowConnectionSettings();

    /// <summary>The members of a document that hold a value, dotted.</summary>
    private static IEnumerable<string> Paths(ConnectionSettings settings) =>
        Leaves(ConnectionDocument.Show(settings, new HashSet<string>(StringComparer.Ordinal)), "");

    private static IEnumerable<string> Leaves(JsonObject document, string prefix) =>
        document.SelectMany(m =>
            m.Value is JsonObject { Count: > 0 } inner && !inner.ContainsKey("set")
                ? Leaves(inner, $"{prefix}{m.Key}.")
                : [prefix + m.Key]
        );
}
