using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Tests.Review;

public class RehearsalVerdictTests
{
    private static readonly KeyMapEntry Entry = new()
    {
        Key = new SyncKey(ConnectionId.Parse("acme"), ZuperFlows.Organizations, "o-1"),
    };

    [Fact]
    public void A_record_waits_for_another_one_and_not_for_a_system()
    {
        var waits = new Failure(FailureClass.Throttled, new Problem("parent-waits", "Waits for Harbor", "Nothing."));
        Assert.Equal(RehearsedKind.Wait, Of(waits).Kind);

        var refused = Of(ZuperFailures.Of(new ZuperException(ZuperFailure.Throttled, "Zuper refused it.")));
        Assert.Equal((RehearsedKind.Failed, "Zuper refused it."), (refused.Kind, refused.Why));
        Assert.Equal("Try again in a few minutes.", refused.Fix);
    }

    [Fact]
    public void Nothing_that_a_person_looks_at_is_said_to_be_tried_again_by_itself()
    {
        var down = Of(ZuperFailures.Of(new ZuperException(ZuperFailure.Unreachable, "No answer.")));
        Assert.Equal("Check the network and zuper.apiUrl, then try again.", down.Fix);
    }

    private static RehearsalVerdict Of(Failure failure) =>
        RehearsalVerdict.Of(new RehearsedRecord(Entry, Entry, failure, []), "Zuper");
}
