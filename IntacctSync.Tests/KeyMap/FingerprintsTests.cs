using IntacctSync.Core.KeyMap;

namespace IntacctSync.Tests.KeyMap;

public sealed class FingerprintsTests
{
    [Fact]
    public void They_tell_after_a_restart_what_was_written_and_what_was_not()
    {
        var stored = Fingerprints.None.With("NAME", "Harbor").With("DC/PHONE1", "555 0100").With("DC/FAX", "");
        var read = Fingerprints.Of(stored.ToString());
        Assert.True(read.Has("NAME") && read.Is("NAME", "Harbor") && read.Is("DC/PHONE1", "555 0100"));
        Assert.False(read.Is("NAME", "Harbour"));
        Assert.False(read.Has("DC/FAX"));
        Assert.False(read.With("NAME", "").Has("NAME"));
    }

    [Fact]
    public void All_fields_of_a_customer_take_a_few_hundred_bytes()
    {
        string[] fields =
        [
            "NAME",
            "STATUS",
            .. new[] { "PRINTAS", "COMPANYNAME", "FIRSTNAME", "LASTNAME", "PHONE1", "PHONE2", "CELLPHONE" }
                .Concat(["EMAIL1", "EMAIL2", "TAXABLE", "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE", "ZIP"])
                .Append("COUNTRY")
                .Select(f => "DC/" + f),
        ];
        var all = fields.Aggregate(Fingerprints.None, (prints, field) => prints.With(field, new string('x', 400)));
        Assert.InRange(all.ToString().Length, 1, 400);
    }

    [Fact]
    public void A_field_that_an_unclear_write_changed_is_equal_to_neither_value()
    {
        var before = Fingerprints.None.With("NAME", "Harbor").With("CITY", "Sydney").With("ZIP", "2000");
        var doubted = before.Doubting(before.With("NAME", "Quay").With("ZIP", "").With("STATE", "NSW"));
        Assert.True(doubted.Is("CITY", "Sydney"));
        Assert.False(doubted.Is("NAME", "Harbor") || doubted.Is("NAME", "Quay"));
        Assert.True(doubted.Has("ZIP") && !doubted.Is("ZIP", "2000") && !doubted.Is("ZIP", ""));
        Assert.True(doubted.Has("STATE") && !doubted.Is("STATE", "NSW"));
    }
}
