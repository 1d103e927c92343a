using System.Text.Json;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Records;

public sealed class ZuperOrganizationReaderTests
{
    [Fact]
    public void All_that_an_accounting_sync_needs_is_read()
    {
        var read = Read(
            """
            {"organization_uid":"u1","organization_name":"Harbor Dental Group","organization_email":"ap@harbordental.example",
             "additional_emails":["cfo@harbordental.example",{"email":"ceo@harbordental.example"},7,null],"organization_description":"<p>x</p>",
             "organization_address":{"street":"12 Pier Rd","landmark":"Dock","city":"Austin","state":"TX","country":"USA","zip_code":78701,
               "geo_cordinates":[0,0],"first_name":"Ines","last_name":"Roy","email":"i@x.example","phone_number":"+1512","label":"HQ"},
             "organization_billing_address":{"street":"PO Box 1"},
             "custom_fields":[{"label":" Sage Customer ID ","value":"C-7","type":"SINGLE_LINE"},{"label":"Tags","value":["a","b"],"type":"MULTI_ITEM"},{"value":"x"},5],
             "tax":{"tax_exempt":"True","tax_group":{"tax_group_uid":"g1"}},"is_active":"False","is_deleted":1,
             "created_at":"2026-02-03T15:04:05.000Z","updated_at":"2026-02-03T17:04:05+02:00","organization_timezone":"America/Chicago","no_of_customers":3}
            """
        )!;
        Assert.Equal(
            ("u1", "Harbor Dental Group", "ap@harbordental.example", "<p>x</p>"),
            (read.Uid, read.Name, read.Email, read.Description)
        );
        Assert.Equal("cfo@harbordental.example ceo@harbordental.example 7", string.Join(' ', read.AdditionalEmails));
        Assert.Equal(
            new ZuperAddress
            {
                Street = "12 Pier Rd",
                Landmark = "Dock",
                City = "Austin",
                State = "TX",
                Country = "USA",
                ZipCode = "78701",
                FirstName = "Ines",
                LastName = "Roy",
                Email = "i@x.example",
                PhoneNumber = "+1512",
                Label = "HQ",
            },
            read.Address
        );
        Assert.Equal(new ZuperAddress { Street = "PO Box 1" }, read.BillingAddress);
        Assert.Equal(("C-7", "a, b"), (read.CustomField("SAGE CUSTOMER ID"), read.CustomField("tags")));
        Assert.Equal(new ZuperTax(true, "g1"), read.Tax);
        Assert.Equal((false, true, true), (read.IsActive, read.IsDeleted, read.CustomFieldsKnown));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 15, 4, 5, TimeSpan.Zero), read.CreatedAt);
        Assert.Equal(read.CreatedAt, read.UpdatedAt);
        Assert.Equal("America/Chicago", read.TimeZone);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"organization_uid":null}""")]
    [InlineData("""{"organization_uid":" "}""")]
    [InlineData("""{"organization_uid":{"a":1}}""")]
    [InlineData("""{"organization_uid":"undefined"}""")]
    public void What_has_no_uid_is_no_organization(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("\"x\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    [InlineData("[[1],null,{}]")]
    [InlineData("{}")]
    [InlineData("{\"tax_exempt\":[],\"tax_group\":[],\"label\":{},\"street\":[]}")]
    public void No_kind_of_value_makes_reading_throw(string value)
    {
        var fields = new[]
        {
            "organization_name",
            "organization_email",
            "additional_emails",
            "organization_description",
            "organization_address",
            "organization_billing_address",
            "custom_fields",
            "tax",
            "is_active",
            "is_deleted",
            "created_at",
            "updated_at",
            "organization_timezone",
        };
        var json =
            $$"""{"organization_uid":"u1",{{string.Join(',', fields.Select(field => $"\"{field}\":{value}"))}}}""";
        Assert.Equal("u1", Read(json)!.Uid);
    }

    [Fact]
    public void What_is_missing_is_active_and_not_deleted_and_its_custom_fields_are_not_known()
    {
        var read = Read("""{"organization_uid":"u1"}""")!;
        Assert.Equal((true, false, false), (read.IsActive, read.IsDeleted, read.CustomFieldsKnown));
        Assert.Null(read.CustomField("Sage Customer ID"));
        Assert.Null(read.UpdatedAt);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("false", false)]
    [InlineData("\"False\"", false)]
    [InlineData("0", false)]
    [InlineData("\"maybe\"", true)]
    [InlineData("null", true)]
    public void Flags_come_in_many_forms(string value, bool active) =>
        Assert.Equal(active, Read($$"""{"organization_uid":"u1","is_active":{{value}}}""")!.IsActive);

    [Fact]
    public void Of_two_fields_with_a_label_the_first_that_is_not_blank_counts() =>
        Assert.Equal(
            "C-7",
            Read(
                    """{"organization_uid":"u1","custom_fields":[{"label":"Sage Customer ID","value":" "},{"label":"sage customer id","value":" C-7 "}]}"""
                )!
                .CustomField("Sage Customer ID ")
        );

    [Fact]
    public void An_organization_of_the_tests_is_read() =>
        Assert.Equal("C-1", Read(Some.OrganizationJson(sageId: "C-1").ToJsonString())!.CustomField("Sage Customer ID"));

    private static ZuperOrganization? Read(string json) => ZuperOrganizationReader.Read(JsonElement.Parse(json));
}
