using System.Text;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Domain;

public sealed class WholeJsonTests
{
    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"\\ud83d\\ude00 whole\"", "\ud83d\ude00 whole")]
    [InlineData("\"cut \\ud83d\"", "cut \ufffd")]
    [InlineData("\"\\ude00 cut\"", "\ufffd cut")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "\ufffd\ud83d\ude00")]
    [InlineData("\"\\ud83d\\\\ud83d\"", "\ufffd\\ud83d")]
    [InlineData("\"a \\u0041 \\n \\ud800\"", "a A \n \ufffd")]
    public void A_text_with_half_a_character_is_read_with_a_sign_in_its_place(string json, string expected) =>
        Assert.Equal(expected, WholeJson.TextOf(JsonElement.Parse(json)));

    [Fact]
    public void Bytes_that_are_no_characters_are_read_with_a_sign_in_their_place()
    {
        byte[] latin = [.. "{\"organization_uid\":\"u1\",\"organization_name\":\"Caf"u8, 0xE9, .. " Roy\"}"u8];
        Assert.True(ZuperJson.TryParse(latin, out var json));
        Assert.Equal("Caf\ufffd Roy", ZuperOrganizationReader.Read(json)!.Name);
    }

    [Fact]
    public void A_custom_field_of_half_a_character_is_no_empty_one()
    {
        Assert.True(
            ZuperJson.TryParse(
                """{"invoice_uid":"u1","custom_fields":[{"label":"Location","value":"\ud800"}]}"""u8,
                out var json
            )
        );
        Assert.Equal("\ufffd", ZuperInvoiceReader.Read(json)!.CustomField("Location"));
    }

    [Fact]
    public void A_list_of_Upflow_is_read_though_one_of_its_texts_is_cut_within_a_character()
    {
        Assert.True(
            UpflowJson.TryParse(
                Encoding.UTF8.GetBytes("""{"items":[{"id":"1","name":"cut \ud83d"},{"id":"2"}]}"""),
                out var json
            )
        );
        Assert.Equal(["cut \ufffd", ""], UpflowJson.List(json, "items").Select(i => new UpflowRead(i).Name ?? ""));
    }
}
