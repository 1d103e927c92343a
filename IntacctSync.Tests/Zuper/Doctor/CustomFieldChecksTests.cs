using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Doctor;

namespace IntacctSync.Tests.Zuper.Doctor;

public sealed class CustomFieldChecksTests : DoctorTest
{
    private const string OfIntacct = "intacct-custom-fields";
    private const string OfZuper = "zuper-custom-fields";

    [Fact]
    public async Task Fields_that_are_there_are_told_with_what_they_take()
    {
        IntacctOptions.CustomFields.Add("CUSTOMER.REGION");
        IntacctOptions.CustomFieldTypes["CUSTOMER.REGION"] = "enum North|South";
        await ConnectWholeAsync(s => Carrying(s, organizations: ("Area", "region")));
        var check = await WellAsync(OfIntacct);
        Assert.Equal(CheckStatus.Passed, check.Status);
        Assert.Contains("takes one of North, South", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_Intacct_lacks_is_named_with_those_that_it_has()
    {
        IntacctOptions.CustomFields.Add("CUSTOMER.AREA");
        await ConnectWholeAsync(s => Carrying(s, organizations: ("Area", "REGION")));
        Says(await FailedAsync(), OfIntacct, "CUSTOMER has no custom field REGION", "CUSTOMER has AREA");
    }

    [Fact]
    public async Task A_field_that_Intacct_sets_itself_can_not_be_carried()
    {
        IntacctOptions.CustomFields.Add("CUSTOMER.SERIAL");
        IntacctOptions.CustomFieldTypes["CUSTOMER.SERIAL"] = "text ro";
        await ConnectWholeAsync(s => Carrying(s, organizations: ("Area", "SERIAL")));
        Says(await FailedAsync(), OfIntacct, "SERIAL of CUSTOMER is set by Intacct itself", "correct the settings");
    }

    [Fact]
    public async Task Contacts_without_any_custom_field_are_told_of()
    {
        await ConnectWholeAsync(s => Carrying(s, customers: ("Called", "NICKNAME")));
        Says(
            await FailedAsync(),
            OfIntacct,
            "CONTACT has no custom field NICKNAME",
            "nothing can be carried to contacts"
        );
    }

    [Fact]
    public async Task Documents_of_Order_Entry_have_the_fields_of_their_definition()
    {
        IntacctOptions.CustomFields.Add("SODOCUMENT.CREW");
        await ConnectWholeAsync(s =>
            Carrying(s, invoices: ("Crew", "CREW")) with
            {
                Invoice = s.Invoice with { Document = InvoiceDocument.OrderEntry },
            }
        );
        Assert.Equal(CheckStatus.Passed, (await WellAsync(OfIntacct)).Status);
    }

    [Fact]
    public async Task A_label_that_no_recent_record_has_is_advised_of()
    {
        IntacctOptions.CustomFields.Add("CUSTOMER.REGION");
        await ConnectWholeAsync(s => Carrying(s, organizations: ("Area", "REGION")));
        Assert.Equal(CheckStatus.Skipped, (await WellAsync(OfZuper)).Status);
        var uid = MakeOrganization("Harbor");
        Zuper.Screens.EditField(uid, "Aria", "South");
        Says(await WellAsync(OfZuper), OfZuper, "customFields.organizations ('Area')", "label");
        Zuper.Screens.EditField(uid, "AREA", "South");
        Assert.Null((await WellAsync(OfZuper)).Fix);
    }

    [Theory]
    [InlineData("Branch", "BRANCH", "text", "written to the custom field BRANCH of invoices as well")]
    [InlineData("Branch", "OTHER", "text", "have no custom field of that name")]
    [InlineData("Branch", "BRANCH", "text ro", "have no custom field of that name")]
    public async Task Whether_invoices_have_a_field_of_the_locations_name_is_told(
        string label,
        string name,
        string type,
        string told
    )
    {
        IntacctOptions.CustomFields.Add("ARINVOICE." + name);
        IntacctOptions.CustomFieldTypes["ARINVOICE." + name] = type;
        await ConnectWholeAsync(s => s with { InvoiceLocationField = label });
        var check = await WellAsync("intacct-location-field");
        Assert.Contains(told, check.Detail, StringComparison.Ordinal);
        Assert.Contains("'Branch'", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_field_is_carried_nothing_is_asked()
    {
        await ConnectWholeAsync();
        Assert.DoesNotContain((await ExamineAsync()).Checks, c => c.Name is OfIntacct or OfZuper);
    }

    private static ZuperConnectionSettings Carrying(
        ZuperConnectionSettings settings,
        (string Label, string Name)? organizations = null,
        (string Label, string Name)? customers = null,
        (string Label, string Name)? invoices = null
    ) =>
        settings with
        {
            CustomFields = new CustomFieldSettings
            {
                Organizations = Map(organizations),
                Customers = Map(customers),
                Invoices = Map(invoices),
            },
        };

    private static Dictionary<string, string> Map((string Label, string Name)? field) =>
        field is { } carried
            ? new Dictionary<string, string>(StringComparer.Ordinal) { [carried.Label] = carried.Name }
            : new Dictionary<string, string>(StringComparer.Ordinal);
}
