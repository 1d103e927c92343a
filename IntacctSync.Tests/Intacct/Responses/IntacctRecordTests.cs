using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Tests.Intacct.Responses;

public sealed class IntacctRecordTests
{
    private static readonly IntacctRecord Nested = new(
        "DISPLAYCONTACT",
        [new("EMAIL1", "ap@x.example"), new("MAILADDRESS", "", new("MAILADDRESS", [new("CITY", "Austin")]))]
    );

    private static readonly IntacctRecord Record = new(
        "customer",
        [
            new("RECORDNO", "7"),
            new("NAME", ""),
            new("DISPLAYCONTACT", "", Nested),
            new("TERM.NAME", "N30"),
            new("T", "T"),
            new("F", "F"),
            new("true", "true"),
            new("AMOUNT", "1234.5"),
            new("BAD", "1,234"),
            new("WHEN", "03/02/2026 14:05:06"),
            new("DAY", "12/31/2026"),
            new(
                "LINES",
                "",
                new(
                    "LINES",
                    [new("LINE", "", new("LINE", [new("NO", "1")])), new("LINE", "", new("LINE", [new("NO", "2")]))]
                )
            ),
        ]
    );

    [Fact]
    public void A_field_is_found_in_any_case_whether_nested_or_dotted()
    {
        Assert.Equal(("7", "N30"), (Record["recordno"], Record["Term.Name"]));
        Assert.Equal(
            ("ap@x.example", "Austin"),
            (Record["DISPLAYCONTACT.EMAIL1"], Record["displaycontact.mailaddress.city"])
        );
        Assert.Equal("1 2", string.Join(' ', Record.Nested("lines.line").Select(l => l["NO"])));
    }

    [Fact]
    public void Absent_and_empty_are_null_and_only_having_it_tells_them_apart()
    {
        Assert.Equal((null, null, null), (Record["NAME"], Record["NOSUCH"], Record["DISPLAYCONTACT.NOSUCH"]));
        Assert.Equal((true, false), (Record.Has("NAME"), Record.Has("NOSUCH")));
        Assert.Null(Record.Decimal("NAME"));
        Assert.Null(Record.Date("NOSUCH"));
        Assert.Null(Record.Timestamp("NAME", TimeSpan.Zero));
        Assert.Null(Record.Boolean("NAME"));
    }

    [Fact]
    public void Values_are_read_as_intacct_writes_them()
    {
        Assert.Equal((true, false, true), (Record.Boolean("T"), Record.Boolean("F"), Record.Boolean("true")));
        Assert.Equal(1234.5m, Record.Decimal("AMOUNT"));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 2, 14, 5, 6, TimeSpan.FromHours(-7)),
            Record.Timestamp("WHEN", TimeSpan.FromHours(-7))
        );
        Assert.Equal((new DateOnly(2026, 12, 31), new DateOnly(2026, 3, 2)), (Record.Date("DAY"), Record.Date("WHEN")));
        Assert.Equal(
            "03/02/2026 21:05:06",
            IntacctTime.Format(Record.Timestamp("WHEN", TimeSpan.FromHours(-7))!.Value, TimeSpan.Zero)
        );
        Assert.Equal("12/31/2026", IntacctTime.Format(new DateOnly(2026, 12, 31)));
    }

    [Fact]
    public void A_value_of_another_shape_is_named_with_the_rule_and_never_guessed()
    {
        var failure = Assert.Throws<UnreadableValueException>(() => Record.Decimal("BAD"));
        Assert.Equal("BAD of customer 7 is '1,234'; Intacct writes it as a number such as 1234.56.", failure.Message);
        Assert.Throws<UnreadableValueException>(() => Record.Date("AMOUNT"));
        Assert.Throws<UnreadableValueException>(() => Record.Timestamp("AMOUNT", TimeSpan.Zero));
        Assert.Throws<UnreadableValueException>(() => Record.Boolean("AMOUNT"));
    }
}
