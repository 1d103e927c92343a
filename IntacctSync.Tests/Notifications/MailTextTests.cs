using IntacctSync.Core.Notifications;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

public sealed class MailTextTests
{
    private static readonly MailText Text = new(
        ["ap@harbordental.example"],
        Some.ConnectionId,
        ZuperProfile.Instance,
        null
    );

    [Fact]
    public void The_same_failures_make_the_same_letter_and_the_same_failure_later_another()
    {
        var letter = Text.Failures([FailedRecord()]);
        Assert.Equal(letter.Id, Text.Failures([FailedRecord()]).Id);
        Assert.NotEqual(letter.Id, Text.Failures([FailedRecord(daysLater: 1)]).Id);
    }

    [Fact]
    public void Neither_an_address_nor_a_number_of_a_telephone_is_in_a_letter()
    {
        var body = Text.Failures([FailedRecord(said: "ann@harbor.example, +1 512 555 0100")]).Body;
        Assert.DoesNotContain("ann@", body, StringComparison.Ordinal);
        Assert.DoesNotContain("555", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_base_a_link_is_a_path_and_an_id_is_escaped_in_it() =>
        Assert.Contains(
            " /console/connections/harbor/records/organizations/a%2Fb\r\n",
            Text.Failures([FailedRecord("a/b")]).Body,
            StringComparison.Ordinal
        );

    private static FailedRecord FailedRecord(string sourceId = "org-1", int daysLater = 0, string said = "nothing") =>
        new(
            new Notice(new Cause("organizations", "some-cause"), sourceId, Some.Now.AddDays(daysLater)),
            $"Harbor {said}",
            Some.Problem() with
            {
                Message = $"It says {said}.",
                Fix = $"Change {said}.",
            }
        );
}
