using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    [Theory]
    [InlineData(null, "E1")]
    [InlineData("E1", null)]
    [InlineData("E1", "E2")]
    public void Another_entity_of_the_company_is_another_account_for_every_app(string? was, string? now)
    {
        foreach (var app in new ConnectionSettings[] { new ZuperConnectionSettings(), new UpflowConnectionSettings() })
        {
            var change = Assert.Single(Of(now).AccountChanges(Of(was)));
            Assert.Equal(("intacct.entityId", now ?? "the top level"), (change.Field, change.Now));
            Assert.Equal(was ?? "the top level", change.Was);
            Assert.Empty(Of(now).AccountChanges(Of(now is null ? "" : $" {now.ToLowerInvariant()}")));

            ConnectionSettings Of(string? entity) => app with { Intacct = new IntacctSettings { EntityId = entity } };
        }
    }
}
