using IntacctSync.Core.Notifications;

namespace IntacctSync.Tests.Notifications;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Two customers have ap@harbor.example.", "Two customers have [e-mail address].")]
    [InlineData("'Ann <ann.o'neil@mail>' is taken", "'Ann <ann.o'[e-mail address]>' is taken")]
    [InlineData("call +1 512 555 0100 now", "call [telephone number] now")]
    [InlineData("call (512) 555-0100 now", "call [telephone number] now")]
    [InlineData("call 512-555-0100 or 512.555.0100.", "call [telephone number] or [telephone number].")]
    [InlineData("call 98765 43210 now", "call [telephone number] now")]
    [InlineData("call 040-2345-6789 or 0171 2345678.", "call [telephone number] or [telephone number].")]
    [InlineData("phone 5125550100, Mobile: 919876543210", "phone [telephone number], Mobile: [telephone number]")]
    [InlineData("\"contact_no\":\"9876543210\"", "\"contact_no\":\"[telephone number]\"")]
    [InlineData("the contact number is 9876543210", "the contact number is [telephone number]")]
    [InlineData("9876543210 is no phone number", "[telephone number] is no phone number")]
    public void Addresses_and_telephone_numbers_are_masked(string text, string masked) =>
        Assert.Equal(masked, PersonalData.Mask(text));

    [Theory]
    [InlineData("Invoice INV-2026-000123 of 2026-03-02 adds up to 1,234,567.89 and not 1234567890.")]
    [InlineData("The control id 0b9f3c1e-512-555-0100-77 is known.")]
    [InlineData("From 2026-03-02 14:03:22 to 2026-03-05, 12 of 5150, 5151 and 5152.")]
    [InlineData("The hotel 1234567890 and item 12-34; telegram 1234567890.")]
    [InlineData("Open Company > Setup; see a@ and @b.")]
    public void Numbers_and_dates_of_records_stay(string text) => Assert.Equal(text, PersonalData.Mask(text));

    [Theory]
    [InlineData("2026-000123")]
    [InlineData("2026 001234")]
    [InlineData("100045-0012")]
    public void The_number_of_the_document_itself_stays_beside_that_of_a_telephone(string number) =>
        Assert.Equal(
            $"{number}: {number} is taken, call [telephone number]",
            PersonalData.Mask($"{number}: {number} is taken, call 512-555-0100", number)
        );

    [Theory]
    [InlineData("12", "call 212-555-0123 now", "call [telephone number] now")]
    [InlineData("101", "ask john101@mail.example", "ask [e-mail address]")]
    public void A_short_number_uncovers_nothing(string number, string text, string masked) =>
        Assert.Equal(masked, PersonalData.Mask(text, number));

    [Fact]
    public void An_address_in_the_place_of_a_number_does_not_stay() =>
        Assert.Equal("[e-mail address] is wrong", PersonalData.Mask("ann@mail.example is wrong", "ann@mail.example"));

    [Fact]
    public void What_is_told_is_one_line() =>
        Assert.Equal("a b Bcc: c", PersonalData.Mask(" a\r\n\tb\u0007\u2028Bcc: c\n"));
}
