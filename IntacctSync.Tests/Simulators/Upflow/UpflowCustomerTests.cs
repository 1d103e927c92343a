using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowCustomerTests : UpflowTest
{
    [Theory]
    [InlineData("""{"externalId":"C-9"}""", "\"name\" is required")]
    [InlineData("""{"name":""}""", "\"name\" is not allowed to be empty")]
    [InlineData("""{"name":7}""", "\"name\" must be a string")]
    [InlineData("""{"name":"A","colour":"red"}""", "\"colour\" is not allowed")]
    [InlineData("""{"name":"A","parent":{"externalId":"C-9"}}""", "does not exist")]
    [InlineData("""{"name":"A","parent":{}}""", "at least one of")]
    [InlineData("""{"name":"A","accountManagerId":"5"}""", "does not exist")]
    [InlineData("""{"name":"A","dunningPlanId":"5"}""", "does not exist")]
    [InlineData("""{"name":"A","address":"Main St"}""", "must be of type object")]
    [InlineData("""{"name":"A","customFields":[{"id":"5","value":"x"}]}""", "no custom field of CUSTOMER")]
    [InlineData("""{"name":"A","contacts":[{"firstName":"Ines"}]}""", "\"contacts[0].email\" is required")]
    [InlineData("""{"name":"A","contacts":[{"email":"no address"}]}""", "must be a valid email")]
    [InlineData("""{"name":"A","contacts":[{"email":"a@b"}]}""", "must be a valid email")]
    [InlineData("""{"name":"A","contacts":[{"email":"a@b.example","position":"BOSS"}]}""", "must be one of")]
    [InlineData("""{"name":"A","contacts":[{"email":"a@b.example"},{"email":"A@b.example"}]}""", "is given twice")]
    public async Task What_is_missing_or_wrong_is_refused_and_makes_nothing(string body, string why)
    {
        Assert.Contains(why, await Upflow.RefusedAsync("/v1/customers", body), StringComparison.Ordinal);
        Assert.Single(Upflow.Screens.Records("customers"));
    }

    [Theory]
    [InlineData(false, "VAT-1", 1)]
    [InlineData(true, null, 0)]
    public async Task A_repeat_changes_the_same_customer_and_what_it_leaves_out_is_kept_or_not(
        bool replaces,
        string? vat,
        int contacts
    )
    {
        Switches.UpsertReplaces = replaces;
        var first = await Upflow.CustomerAsync("C-2", ""","vatNumber":"VAT-1","contacts":[{"email":"a@b.example"}]""");

        var second = await Upflow.TakenAsync("/v1/customers", """{"externalId":"C-2","name":"Other"}""");

        Assert.Equal(Text(first, "id"), Text(second, "id"));
        Assert.Equal(("Other", vat), (Text(second, "name"), Text(second, "vatNumber")));
        Assert.Equal(contacts, second["contacts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task A_new_record_is_answered_by_the_status_that_is_set(int status)
    {
        Switches.CreatedStatus = status;
        Assert.Equal(status, (await Upflow.PostAsync("/v1/customers", """{"name":"A"}""")).Status);
        Assert.Equal(200, (await Upflow.PostAsync("/v1/customers", """{"externalId":"C-1","name":"A"}""")).Status);
    }

    [Fact]
    public async Task Without_an_external_id_each_post_is_another_customer()
    {
        var first = await Upflow.TakenAsync("/v1/customers", """{"name":"A"}""");
        var second = await Upflow.TakenAsync("/v1/customers", """{"name":"A"}""");
        Assert.NotEqual(Text(first, "id"), Text(second, "id"));
    }

    [Fact]
    public async Task An_email_belongs_to_one_contact_of_the_organisation()
    {
        await Upflow.CustomerAsync("C-2", Contacts("K-1", "shared@b.example"));

        var refused = await Upflow.RefusedAsync(
            "/v1/customers",
            $$"""{"externalId":"C-3","name":"C"{{Contacts("K-2", "SHARED@b.example")}}}"""
        );

        Assert.Contains("already used", refused, StringComparison.Ordinal);
        Assert.Null(Upflow.Screens.Record("customers", "C-3"));
        Assert.Contains(
            "another customer",
            await Upflow.RefusedAsync(
                "/v1/customers/external:C-1/contacts",
                """{"externalId":"K-1","email":"n@b.example"}"""
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_contact_is_found_by_its_external_id_and_then_by_its_email()
    {
        await Upflow.CustomerAsync("C-2", Contacts("K-1", "old@b.example"));
        await Upflow.CustomerAsync("C-2", Contacts("K-1", "new@b.example"));
        var renamed = await Upflow.CustomerAsync("C-2", Contacts("K-9", "new@b.example"));

        var contact = Assert.Single(renamed["contacts"]!.AsArray())!.AsObject();
        Assert.Equal(("K-9", "new@b.example"), (Text(contact, "externalId"), Text(contact, "email")));
        await Upflow.CustomerAsync("C-3", Contacts("K-1", "old@b.example"));
    }

    [Fact]
    public async Task Two_contacts_may_exchange_their_emails_and_one_is_the_main_one()
    {
        string Both(string a, string b) =>
            $$""","contacts":[{"externalId":"K-1","email":"{{a}}","isMain":true},{"externalId":"K-2","email":"{{b}}","isMain":true}]""";
        await Upflow.CustomerAsync("C-2", Both("a@b.example", "b@b.example"));

        var changed = await Upflow.CustomerAsync("C-2", Both("b@b.example", "a@b.example"));

        var contacts = changed["contacts"]!.AsArray();
        Assert.Equal(["b@b.example", "a@b.example"], contacts.Select(c => Text(c!.AsObject(), "email")));
        Assert.Equal([false, true], contacts.Select(c => c!["isMain"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_parent_is_kept_taken_away_and_never_in_a_circle()
    {
        var child = await Upflow.CustomerAsync("C-2", ""","parent":{"externalId":"C-1"}""");
        Assert.Equal("C-1", child["parent"]!["externalId"]!.GetValue<string>());

        var circle = """{"externalId":"C-1","name":"A","parent":{"externalId":"C-2"}}""";
        Assert.Contains("below it", await Upflow.RefusedAsync("/v1/customers", circle), StringComparison.Ordinal);
        Assert.Null((await Upflow.CustomerAsync("C-2", ""","parent":null"""))["parent"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_level_is_refused_where_it_is_switched_off(bool refused)
    {
        Switches.DeepParentsRefused = refused;
        await Upflow.CustomerAsync("C-2", ""","parent":{"externalId":"C-1"}""");

        var answer = await Upflow.PostAsync(
            "/v1/customers",
            """{"externalId":"C-3","name":"C","parent":{"externalId":"C-2"}}"""
        );

        Assert.Equal(refused ? 400 : 200, answer.Status);
    }

    [Theory]
    [InlineData(true, 204)]
    [InlineData(false, 400)]
    public async Task A_customer_with_documents_goes_with_them_or_stays(bool cascades, int status)
    {
        Switches.CustomerDeleteCascades = cascades;
        await Upflow.InvoiceAsync("I-1", 100);

        Assert.Equal(status, (await Upflow.SendAsync("DELETE", "/v1/customers/external:C-1")).Status);

        Assert.Equal(cascades ? 0 : 1, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(404, (await Upflow.SendAsync("DELETE", "/v1/customers/external:C-9")).Status);
    }

    [Fact]
    public async Task The_balance_is_what_is_open_less_what_is_linked_to_nothing()
    {
        await Upflow.InvoiceAsync("I-1", 1000);
        await Upflow.PaymentAsync("P-1", 600);
        await Upflow.CreditNoteAsync("N-1", 50);
        await Upflow.RefundAsync("R-1", 20);
        await Upflow.LinkAsync("L-1", ServedUpflow.Side("I-1", 400), ServedUpflow.Side("P-1", 400));

        var customer = Upflow.Screens.Record("customers", "C-1")!;

        Assert.Equal((600 - 200 - 50) + 20, customer["balance"]!.GetValue<long>());
        Assert.Equal(1, customer["countInvoicesDue"]!.GetValue<int>());
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "EUR"));
    }

    [Fact]
    public async Task The_portal_has_an_address()
    {
        var answer = await Upflow.PostAsync("/v1/customers/external:C-1/portal", """{"expiresIn":86400}""");
        Assert.StartsWith("http", answer.Json["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(404, (await Upflow.PostAsync("/v1/customers/external:C-9/portal", "{}")).Status);
    }

    [Fact]
    public async Task A_custom_field_holds_what_is_of_its_type()
    {
        var field = Upflow.Screens.AddCustomField("Since", "CUSTOMER", "DATE");
        string With(string value) =>
            $$"""{"externalId":"C-1","name":"A","customFields":[{"id":"{{field}}","value":"{{value}}"}]}""";

        Assert.Contains(
            "must be a DATE",
            await Upflow.RefusedAsync("/v1/customers", With("soon")),
            StringComparison.Ordinal
        );
        var taken = await Upflow.TakenAsync("/v1/customers", With("2026-01-01"));
        Assert.Equal("2026-01-01", taken["customFields"]![0]!["value"]!.GetValue<string>());
    }

    private static string Contacts(string externalId, string email) =>
        $$""","contacts":[{"externalId":"{{externalId}}","email":"{{email}}"}]""";

    private static string? Text(JsonObject record, string field) => record[field]?.GetValue<string>();
}
