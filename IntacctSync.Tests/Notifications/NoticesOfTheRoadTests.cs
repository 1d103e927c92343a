using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Notifications;

public sealed class NoticesOfTheRoadTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync() =>
        _stand = await RoadStand.OpenAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Email:Smtp:Host"] = "mail.example",
                ["Email:Smtp:From"] = "sync@example.com",
            }
        );

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Theory]
    [InlineData(FailureClass.Data, 1)]
    [InlineData(FailureClass.Transient, 0)]
    [InlineData(FailureClass.Throttled, 0)]
    [InlineData(FailureClass.InDoubt, 0)]
    public async Task What_needs_a_person_is_to_be_told_and_what_passes_is_not(FailureClass kind, int waiting)
    {
        await RunAsync(kind, "e1");
        Assert.Equal(waiting, (await WaitingAsync()).Count);
    }

    [Fact]
    public async Task A_record_that_fails_again_for_the_same_cause_is_no_news()
    {
        await RunAsync(FailureClass.Data, "e1");
        var waiting = await WaitingAsync();
        await _stand.Get<NoticeStore>().RemoveAsync(Some.ConnectionId, waiting, CancellationToken.None);
        await RunAsync(FailureClass.Data, "e2");
        Assert.Empty(await WaitingAsync());
        await RunAsync(FailureClass.Data, "e3", "other-cause");
        Assert.Equal("other-cause", Assert.Single(await WaitingAsync()).Cause.Code);
    }

    [Fact]
    public async Task What_is_given_up_is_to_be_told()
    {
        await RunAsync(FailureClass.Unknown, "e1", failures: 4);
        Assert.Equal("some-cause", Assert.Single(await WaitingAsync()).Cause.Code);
    }

    [Fact]
    public async Task A_connection_that_is_purged_leaves_nothing_to_tell()
    {
        await RunAsync(FailureClass.Data, "e1");
        await _stand.Get<ConnectionPurge>().PurgeAsync(Some.ConnectionId, CancellationToken.None);
        Assert.Empty(
            (
                await _stand
                    .Get<ITable>()
                    .QueryAsync(
                        new TableRange(NoticeStore.Partition(Some.ConnectionId)),
                        null,
                        10,
                        CancellationToken.None
                    )
            ).Rows
        );
    }

    [Theory]
    [InlineData(EnvelopeKind.Poll)]
    [InlineData(EnvelopeKind.Backfill)]
    public async Task A_feed_that_the_queue_gave_up_is_to_be_told(EnvelopeKind kind)
    {
        var envelope = Some.Envelope() with
        {
            Kind = kind,
            SourceId = null,
            Feed = kind == EnvelopeKind.Poll ? "organizations" : null,
        };
        await _stand.Get<DeadLetters>().BuryAsync(envelope, Some.Now, CancellationToken.None);
        var notice = Assert.Single(await WaitingAsync());
        Assert.Equal(
            ("organizations", "delivered-too-often", null),
            (notice.Cause.Flow, notice.Cause.Code, notice.SourceId)
        );
        var notes = await _stand
            .Get<ConnectionTimeline>()
            .ReadAsync(Some.ConnectionId, Some.Now, CancellationToken.None);
        Assert.Equal("feedFailed", Assert.Single(notes).What);
    }

    private async Task<IReadOnlyList<Notice>> WaitingAsync() =>
        (await _stand.Get<NoticeStore>().ReadAsync(Some.ConnectionId, CancellationToken.None)).Waiting;

    private async Task RunAsync(FailureClass kind, string eventId, string code = "some-cause", int failures = 0)
    {
        _stand.Flow.Run = (batch, _) =>
            Task.FromResult<IReadOnlyDictionary<string, Failure?>>(
                batch.Records.ToDictionary(
                    r => r.SourceId,
                    Failure? (_) => new Failure(kind, Some.Problem(code)),
                    StringComparer.Ordinal
                )
            );
        await _stand
            .Get<FlowRunner>()
            .RunAsync(
                [Some.Received(Some.Envelope("a", eventId) with { Failures = failures })],
                CancellationToken.None
            );
    }
}
