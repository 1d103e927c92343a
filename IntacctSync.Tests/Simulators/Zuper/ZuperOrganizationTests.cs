using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperOrganizationTests : IAsyncLifetime
{
    private ServedZuper _zuper = null!;

    public async Task InitializeAsync() => _zuper = await ServedZuper.StartAsync();

    public async Task DisposeAsync() => await _zuper.DisposeAsync();

    [Fact]
    public async Task A_created_organization_is_read_back_with_what_the_account_adds()
    {
        var created = await _zuper.PostAsync(
            "/api/organization",
            """
            {"organization":{"organization_name":"Harbor Dental Group","organization_email":"ap@harbordental.example",
             "organization_address":{"street":"12 Pier Rd","geo_cordinates":[30.26,-97.74]},"is_deleted":true,"organization_uid":"mine","nonsense":1}}
            """
        );
        Assert.Equal("New Organization Created successfully", created.Message);
        var uid = created.Json["data"]!["organization_uid"]!.GetValue<string>();
        Assert.True(Guid.TryParse(uid, out _));
        var read = await _zuper.ReadAsync(uid);
        Assert.Equal("ap@harbordental.example", read["organization_email"]!.GetValue<string>());
        Assert.Equal(
            "[-97.74,30.26]",
            read["organization_address"]!["point_coordinates"]!["coordinates"]!.ToJsonString()
        );
        Assert.Equal("[0,0]", read["organization_billing_address"]!["geo_cordinates"]!.ToJsonString());
        Assert.Equal("2026-03-02T09:00:00.000Z", read["created_at"]!.GetValue<string>());
        Assert.Equal("2026-03-02T09:00:00.000Z", read["updated_at"]!.GetValue<string>());
        Assert.True(read["is_active"]!.GetValue<bool>());
        Assert.False(read["is_deleted"]!.GetValue<bool>());
        Assert.Equal(0, read["no_of_customers"]!.GetValue<int>());
        Assert.False(read.ContainsKey("nonsense"));
    }

    [Theory]
    [InlineData("""{"organization":{"organization_email":"a@b.example"}}""")]
    [InlineData("""{"organization":{"organization_name":" "}}""")]
    [InlineData("{}")]
    public async Task An_organization_needs_a_name(string body)
    {
        var answer = await _zuper.PostAsync("/api/organization", body);
        Assert.Equal(400, answer.Status);
        Assert.Equal("Missing Organization name", answer.Json["title"]!.GetValue<string>());
        Assert.Equal("Organization name is missing", answer.Message);
    }

    [Fact]
    public async Task A_custom_field_in_a_create_needs_its_type()
    {
        var answer = await _zuper.PostAsync(
            "/api/organization",
            """{"organization":{"organization_name":"A","custom_fields":[{"label":"Region","value":"South"}]}}"""
        );
        Assert.Equal(400, answer.Status);
        Assert.Empty(_zuper.Screens.Records(IntacctSync.Simulators.Zuper.Records.ZuperModules.Organization));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_leaves_the_rest()
    {
        var uid = await _zuper.OrganizationAsync("Before");
        _zuper.Clock.Advance(TimeSpan.FromSeconds(90));
        var answer = await _zuper.SendAsync(
            "PUT",
            $"/api/organization/{uid}",
            """{"organization":{"organization_email":"new@a.example"}}"""
        );
        Assert.Equal("Organization Updated successfully", answer.Message);
        Assert.Equal(uid, answer.Json["data"]!["organization_uid"]!.GetValue<string>());
        var read = await _zuper.ReadAsync(uid);
        Assert.Equal(
            ("Before", "new@a.example"),
            (read["organization_name"]!.GetValue<string>(), read["organization_email"]!.GetValue<string>())
        );
        Assert.Equal("2026-03-02T09:00:00.000Z", read["created_at"]!.GetValue<string>());
        Assert.Equal("2026-03-02T09:01:30.000Z", read["updated_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_update_that_names_custom_fields_replaces_them_all()
    {
        var uid = await _zuper.OrganizationAsync("A");
        _zuper.Screens.EditField(uid, "Sage Customer ID", "C-1");
        await _zuper.SendAsync(
            "PUT",
            $"/api/organization/{uid}",
            """{"organization":{"custom_fields":[{"label":"Region","value":"South","type":"SINGLE_LINE"}]}}"""
        );
        Assert.Null(_zuper.Screens.CustomField(uid, "Sage Customer ID"));
        Assert.Equal("South", _zuper.Screens.CustomField(uid, "Region"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", """{"organization":{"organization_name":"A"}}""")]
    [InlineData("DELETE", "")]
    public async Task An_unknown_uid_is_404_in_the_error_envelope(string method, string body)
    {
        var answer = await _zuper.SendAsync(
            method,
            "/api/organization/9a6e0000-0000-4000-8000-000000000000",
            body.Length > 0 ? body : null
        );
        Assert.Equal(404, answer.Status);
        Assert.Equal("error", answer.Json["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deleted_organization_is_marked_not_gone_and_can_be_recovered()
    {
        var uid = await _zuper.OrganizationAsync("A");
        Assert.Equal(200, (await _zuper.SendAsync("DELETE", $"/api/organization/{uid}")).Status);
        Assert.True((await _zuper.ReadAsync(uid))["is_deleted"]!.GetValue<bool>());
        var recovered = await _zuper.PostAsync(
            "/api/organization/recover",
            new JsonObject { ["organization_uids"] = new JsonArray(uid) }.ToJsonString()
        );
        Assert.Equal("Organization Recovered successfully", recovered.Message);
        Assert.False((await _zuper.ReadAsync(uid))["is_deleted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Activation_takes_a_flag_and_nothing_else()
    {
        var uid = await _zuper.OrganizationAsync("A");
        Assert.Equal(
            400,
            (await _zuper.SendAsync("PUT", $"/api/organization/{uid}/activate", """{"is_active":"no"}""")).Status
        );
        Assert.Equal(
            200,
            (await _zuper.SendAsync("PUT", $"/api/organization/{uid}/activate", """{"is_active":false}""")).Status
        );
        Assert.False((await _zuper.ReadAsync(uid))["is_active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_organization_counts_its_customers()
    {
        var uid = await _zuper.OrganizationAsync("A");
        await _zuper.PostAsync(
            "/api/customers_new",
            $$$"""{"customer":{"customer_first_name":"Ines","customer_organization":"{{{uid}}}"}}"""
        );
        Assert.Equal(1, (await _zuper.ReadAsync(uid))["no_of_customers"]!.GetValue<int>());
    }
}
