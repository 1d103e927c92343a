using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Upflow.Doctor;

/// <summary>A company of several entities, one of which is collected by the organisation in Upflow.</summary>
public sealed class EntityCheckTests : ReceivablesRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new() { SampleData = false, Companies = [SimulatedCompany.Sandbox with { Entities = ["EAST", "OLD"] }] };

    [Theory]
    [InlineData("EAST", CheckStatus.Passed, "EAST is there and active")]
    [InlineData("OLD", CheckStatus.Failed, "no active entity OLD")]
    public async Task An_entity_is_looked_for_among_those_that_are_active(
        string entity,
        CheckStatus status,
        string detail
    )
    {
        AddEntity("EAST", "active");
        AddEntity("OLD", "inactive");
        await ConnectAsync(entity);
        var check = (await ExamineAsync()).Checks.Single(c => c.Name == UpflowCheckNames.IntacctEntity);
        Assert.Equal(status, check.Status);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
        if (status == CheckStatus.Failed)
            Assert.Contains("Company > Setup > Entities", check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_that_the_company_does_not_have_fails_the_sign_in_and_is_not_called_well()
    {
        await ConnectAsync("WEST");
        var report = await ExamineAsync();
        Assert.False(report.Ok);
        Assert.NotEqual(CheckStatus.Passed, report.Checks.Single(c => c.Name == UpflowCheckNames.IntacctEntity).Status);
    }

    [Fact]
    public async Task A_connection_of_the_top_level_is_asked_for_no_entity()
    {
        await ConnectUpflowAsync();
        Assert.DoesNotContain((await ExamineAsync()).Checks, c => c.Name == UpflowCheckNames.IntacctEntity);
    }

    private void AddEntity(string id, string status) =>
        Intacct.Company.Add("LOCATION", Fields(("LOCATIONID", id), ("NAME", id), ("STATUS", status)));

    private Task ConnectAsync(string entity) =>
        ConnectUpflowAsync(s => s with { Intacct = s.Intacct with { EntityId = entity } });

    private async Task<DoctorReport> ExamineAsync() =>
        (await PassAsync(() => Process.Get<ConnectionDoctor>().ExamineAsync(Id, Forever)))!;
}
