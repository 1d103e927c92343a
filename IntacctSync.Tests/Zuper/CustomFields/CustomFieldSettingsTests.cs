using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.CustomFields;

public sealed class CustomFieldSettingsTests
{
    [Fact]
    public void Each_map_is_read_from_the_document()
    {
        var (settings, errors) = Read(
            """{"organizations": {"Area": "REGION"}, "customers": {"Called": "NICK"}, "invoices": {"Crew": "CREW"}, "invoiceLines": {"Hours": "HOURS"}}"""
        );
        Assert.DoesNotContain(errors, e => e.Key.StartsWith("customFields", StringComparison.Ordinal));
        Assert.Equal("REGION", settings.CustomFields.Organizations["Area"]);
        Assert.Equal("NICK", settings.CustomFields.Customers["Called"]);
        Assert.Equal("CREW", settings.CustomFields.Invoices["Crew"]);
        Assert.Equal("HOURS", settings.CustomFields.InvoiceLines["Hours"]);
    }

    [Theory]
    [InlineData("""{"customers": {"Called": "Nick name"}}""", "customFields.customers", "'Nick name'")]
    [InlineData("""{"invoiceLines": {"Hours": "A", "Time": "a"}}""", "customFields.invoiceLines", "'Hours' and 'Time'")]
    [InlineData("""{"lines": {}}""", "customFields.lines", "is no setting")]
    public void What_can_be_no_map_is_refused_by_its_place(string map, string place, string said) =>
        Assert.Contains(Read(map).Errors[place], e => e.Contains(said, StringComparison.Ordinal));

    private static (ZuperConnectionSettings Settings, IDictionary<string, string[]> Errors) Read(string map)
    {
        var document = ConnectionDocument.Show(Some.Settings(), new HashSet<string>(StringComparer.Ordinal));
        document["customFields"] = JsonNode.Parse(map);
        var errors = new FieldErrors();
        var rules = new ConnectionRules(IntacctSyncRegistration.Apps, HostAllowList.Parse("*.zuperpro.com"));
        var read = ConnectionDocument.Read(JsonSerializer.SerializeToElement(document), rules, errors);
        return (read is null ? Some.Settings() : (ZuperConnectionSettings)read.Settings, errors.ToDictionary());
    }
}
