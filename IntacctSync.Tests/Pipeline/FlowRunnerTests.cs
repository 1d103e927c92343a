using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Pipeline;

public sealed class FlowRunnerTests : IAsyncLifetime
{
    private RoadStand _stand = null!;

    public async Task InitializeAsync() => _stand = await RoadStand.OpenAsync();

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task While_another_holds_the_company_all_is_put_off_without_counting()
    {
        await using var held = await _stand
            .Get<CompanyLeases>()
            .TryAcquireAsync(new CompanyId("harbor-dental"), CancellationToken.None);
        var again = Assert.IsType<Settlement.Again>(await RunOneAsync(Some.Envelope()));
        Assert.Equal((0, 1), (again.Next.Failures, again.Next.Attempt));
        Assert.Empty(_stand.Flow.Batches);
    }

    [Fact]
    public async Task What_a_host_with_a_late_clock_sent_for_a_new_connection_is_done()
    {
        var connection = (await _stand.Get<ConnectionStore>().GetAsync(Some.ConnectionId, CancellationToken.None))!;
        await RunOneAsync(Some.Envelope("a", "e1") with { FirstSeen = connection.CreatedAt.AddSeconds(-30) });
        Assert.Single(_stand.Flow.Batches);

        var former = Some.Envelope("b", "e2") with { FirstSeen = connection.CreatedAt.AddMinutes(-2) };
        Assert.IsType<Settlement.Complete>(await RunOneAsync(former));
        Assert.Single(_stand.Flow.Batches);
    }

    [Fact]
    public async Task The_newest_envelope_of_a_record_carries_on_for_the_others()
    {
        _stand.Flow.Run = (batch, _) => Fail(batch, FailureClass.Transient);
        var (old, newest) = (
            Some.Received(Some.Envelope("a", "e1")),
            Some.Received(Some.Envelope("a", "e2") with { FirstSeen = Some.Now.AddSeconds(1) })
        );
        var settled = await RunAsync(old, newest);
        Assert.IsType<Settlement.Complete>(settled[old]);
        Assert.Equal("e2", Assert.IsType<Settlement.Again>(settled[newest]).Next.EventId);
        var entry = await EntryAsync("a");
        Assert.Equal((RecordState.Pending, Some.Now), (entry.State, entry.PendingSince));
    }

    [Fact]
    public async Task That_a_record_was_deleted_is_remembered_though_another_envelope_of_it_goes_on()
    {
        var said = new List<bool>();
        _stand.Flow.Run = (batch, _) =>
        {
            said.Add(batch.Records[0].IsSaidDeleted(batch.Records[0].Entry));
            return Fail(batch, FailureClass.Transient);
        };
        var gone = EventIds.Deletion(Some.Entry().Key with { SourceId = "a" }, "03/02/2026 09:00:00");
        var asked = Some.Received(Some.Envelope("a", "e2") with { FirstSeen = Some.Now.AddSeconds(1) });
        var settled = await RunAsync(Some.Received(Some.Envelope("a", gone)), asked);
        var again = Assert.IsType<Settlement.Again>(settled[asked]).Next;
        Assert.Equal("e2", again.EventId);
        await RunOneAsync(again);
        Assert.Equal([true, true], said);

        // It is remembered, and not taken for done.
        await RunOneAsync(Some.Envelope("a", gone));
        Assert.Equal(3, said.Count);
    }

    [Fact]
    public async Task What_was_remembered_before_a_person_asked_is_not_used_although_an_older_event_waits()
    {
        var asked = Some.Now.AddMinutes(10);
        FlowBatch? batch = null;
        _stand.Flow.Run = (given, _) =>
        {
            batch = given;
            return Fail(given, FailureClass.Data);
        };
        await RunAsync(
            Some.Received(Some.Envelope("a", "e1")),
            Some.Received(Some.Envelope("a", "e2") with { FirstSeen = asked, Requested = true }),
            Some.Received(Some.Envelope("a", "e3") with { FirstSeen = asked.AddMinutes(1) })
        );
        Assert.NotNull(batch);
        Assert.Equal(asked, batch.RequestedAt);
        Assert.False(batch.MayUse(asked.AddMinutes(-1)));
        Assert.True(batch.MayUse(asked.AddSeconds(1)));
    }

    [Fact]
    public async Task What_needs_a_person_leaves_the_queue_with_its_cause_in_the_row_and_is_not_done_twice()
    {
        _stand.Flow.Run = (batch, _) => Fail(batch, FailureClass.Data);
        Assert.IsType<Settlement.Complete>(await RunOneAsync(Some.Envelope("a", "e1")));
        var entry = await EntryAsync("a");
        Assert.Equal((RecordState.NeedsAction, "some-cause"), (entry.State, entry.Problem!.Code));
        Assert.IsType<Settlement.Complete>(await RunOneAsync(Some.Envelope("a", "e1")));
        Assert.Single(_stand.Flow.Batches);
        await RunOneAsync(Some.Envelope("a", "e2"));
        Assert.Equal(2, _stand.Flow.Batches.Count);
    }

    [Fact]
    public async Task An_amount_that_can_not_be_counted_with_needs_a_person_and_holds_up_no_other_of_its_batch()
    {
        _stand.Flow.Run = (batch, _) =>
            batch.Records.Any(r => r.SourceId == "huge")
                ? throw new OverflowException()
                : Task.FromResult(StubFlow.Done(batch));
        var all = new[] { "a", "huge", "b" }.Select(id => Some.Received(Some.Envelope(id))).ToArray();
        var settled = await RunAsync(all);
        Assert.All(all, one => Assert.IsType<Settlement.Complete>(settled[one]));
        var huge = await EntryAsync("huge");
        Assert.Equal((RecordState.NeedsAction, "amount-out-of-range"), (huge.State, huge.Problem!.Code));
        Assert.Equal([3, 1, 1, 1], _stand.Flow.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task What_nobody_knows_is_tried_five_times_and_then_given_up()
    {
        _stand.Flow.Run = (batch, _) => Fail(batch, FailureClass.Unknown);
        var envelope = Some.Envelope("a");
        for (var i = 1; i < 5; i++)
            envelope = Assert.IsType<Settlement.Again>(await RunOneAsync(envelope)).Next;
        Assert.Equal("some-cause", Assert.IsType<Settlement.DeadLetter>(await RunOneAsync(envelope)).Reason);
        Assert.Equal(RecordState.Dead, (await EntryAsync("a")).State);
    }

    [Fact]
    public async Task A_flow_that_is_off_keeps_its_envelopes_for_when_it_is_on_again()
    {
        await _stand
            .Get<ConnectionStore>()
            .ChangeAsync(
                Some.ConnectionId,
                c => c with { Settings = c.Zuper() with { SyncOrganizations = false } },
                CancellationToken.None
            );
        Assert.Equal(0, Assert.IsType<Settlement.Again>(await RunOneAsync(Some.Envelope())).Next.Failures);
        Assert.Empty(_stand.Flow.Batches);
    }

    [Fact]
    public async Task A_flow_that_does_not_exist_and_a_connection_that_is_gone_leave_nothing_on_the_queue()
    {
        var other = Some.Envelope() with { Flow = ZuperFlows.Customers, EventId = "x" };
        Assert.IsType<Settlement.Complete>(await RunOneAsync(other));
        Assert.IsType<Settlement.Complete>(
            await RunOneAsync(Some.Envelope() with { Connection = ConnectionId.Parse("gone") })
        );
        Assert.Empty(_stand.Flow.Batches);
    }

    [Fact]
    public async Task A_deactivated_connections_envelopes_are_kept()
    {
        await _stand
            .Get<ConnectionStore>()
            .ChangeAsync(Some.ConnectionId, c => c with { Active = false }, CancellationToken.None);
        Assert.Equal(0, Assert.IsType<Settlement.Again>(await RunOneAsync(Some.Envelope())).Next.Failures);
        Assert.Empty(_stand.Flow.Batches);
    }

    [Fact]
    public async Task A_refused_sign_in_stops_the_connection_with_one_line_in_its_timeline()
    {
        _stand.Flow.Run = (batch, _) =>
            Task.FromResult<IReadOnlyDictionary<string, Failure?>>(
                batch.Records.ToDictionary(
                    r => r.SourceId,
                    Failure? (_) => new Failure(FailureClass.Authentication, Some.Problem(), System: "zuper"),
                    StringComparer.Ordinal
                )
            );
        var again = Assert.IsType<Settlement.Again>(await RunOneAsync(Some.Envelope("a")));
        Assert.Equal(0, again.Next.Failures);
        Assert.IsType<Settlement.Again>(await RunOneAsync(again.Next));
        Assert.Single(_stand.Flow.Batches);
        Assert.Equal(
            "zuper",
            (await _stand.Get<ConnectionStore>().GetAsync(Some.ConnectionId, CancellationToken.None))!.Stop!.System
        );
        Assert.Equal(["stopped"], (await TimelineAsync()).Select(t => t.What));
    }

    [Fact]
    public async Task What_fails_for_one_connection_does_not_count_against_another()
    {
        var broken = ConnectionId.Parse("broken");
        await _stand.ConnectAsync(broken);
        var table = _stand.Get<ITable>();
        var row = (await table.GetAsync("connections", TableKey.Escape("broken"), CancellationToken.None))!;
        var damaged = new Dictionary<string, object?>(row.Properties, StringComparer.Ordinal) { ["Settings"] = "{" };
        await table.WriteAsync(TableWrite.Replace(row with { Properties = damaged }, row.ETag), CancellationToken.None);
        var (bad, good) = (Some.Received(Some.Envelope("a") with { Connection = broken }), Some.Received("b"));
        var settled = await RunAsync(bad, good);
        Assert.Equal(1, Assert.IsType<Settlement.Again>(settled[bad]).Next.Failures);
        Assert.IsType<Settlement.Complete>(settled[good]);
    }

    [Theory]
    [InlineData(EnvelopeKind.Poll)]
    [InlineData(EnvelopeKind.Backfill)]
    public async Task A_feed_that_cannot_be_read_ends_the_run_that_waits_for_it_and_says_so(EnvelopeKind kind)
    {
        await using var stand = await RoadStand.OpenAsync(
            new StubHandler().Then(
                """{"type": "error", "title": "Bad", "message": "No such filter"}""",
                System.Net.HttpStatusCode.BadRequest,
                "application/json"
            )
        );
        var run = await stand
            .Get<RunStore>()
            .StartAsync(Some.ConnectionId, "poll", ZuperFlows.Organizations, CancellationToken.None);
        var received = Some.Received(
            Some.Envelope() with
            {
                Kind = kind,
                SourceId = null,
                RunId = run.RunId,
                Feed = kind == EnvelopeKind.Poll ? "organizations" : null,
                Bookmark = """{"From": null}""",
            }
        );
        var settled = await stand.Get<FlowRunner>().RunAsync([received], CancellationToken.None);
        Assert.IsNotType<Settlement.Again>(settled[received]);
        var ended = (await stand.Get<RunStore>().GetAsync(Some.ConnectionId, run.RunId, CancellationToken.None))!;
        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("zuper-refused", ended.Report, StringComparison.Ordinal);
        var kept = await stand.Get<ConnectionTimeline>().ReadAsync(Some.ConnectionId, Some.Now, CancellationToken.None);
        Assert.Equal("feedFailed", Assert.Single(kept).What);
    }

    [Theory]
    [InlineData(EnvelopeKind.Poll)]
    [InlineData(EnvelopeKind.Backfill)]
    public async Task While_a_flow_is_off_a_bookmark_waits_and_a_poll_that_was_asked_for_ends_and_says_why(
        EnvelopeKind kind
    )
    {
        await _stand
            .Get<ConnectionStore>()
            .ChangeAsync(
                Some.ConnectionId,
                c => c with { Settings = c.Zuper() with { SyncOrganizations = false } },
                CancellationToken.None
            );
        var run = await _stand
            .Get<RunStore>()
            .StartAsync(Some.ConnectionId, "poll", ZuperFlows.Organizations, CancellationToken.None);
        var settled = await RunOneAsync(
            Some.Envelope() with
            {
                Kind = kind,
                SourceId = null,
                RunId = run.RunId,
                Feed = kind == EnvelopeKind.Poll ? "organizations" : null,
                Bookmark = """{"From": null}""",
            }
        );
        var now = (await _stand.Get<RunStore>().GetAsync(Some.ConnectionId, run.RunId, CancellationToken.None))!;
        if (kind == EnvelopeKind.Backfill)
        {
            Assert.Equal(0, Assert.IsType<Settlement.Again>(settled).Next.Failures);
            Assert.Equal(RunState.Running, now.State);
        }
        else
        {
            Assert.IsType<Settlement.Complete>(settled);
            Assert.Equal(RunState.Failed, now.State);
            Assert.Contains("switched off", now.Report, StringComparison.Ordinal);
        }
    }

    private static Task<IReadOnlyDictionary<string, Failure?>> Fail(
        Core.Flows.FlowBatch batch,
        FailureClass failureClass
    ) =>
        Task.FromResult<IReadOnlyDictionary<string, Failure?>>(
            batch.Records.ToDictionary(
                r => r.SourceId,
                Failure? (_) => new Failure(failureClass, Some.Problem()),
                StringComparer.Ordinal
            )
        );

    /// <summary>A mark is believed for an hour: the feed would be silent for that long.</summary>
    [Fact]
    public async Task A_poll_that_finds_its_flow_off_leaves_no_mark_of_a_poll_that_waits()
    {
        await _stand
            .Get<ConnectionStore>()
            .PutAsync(Some.ConnectionId, Some.Settings() with { SyncOrganizations = false }, CancellationToken.None);
        await _stand
            .Get<CursorStore>()
            .ChangeAsync(
                Some.ConnectionId,
                "organizations",
                c => c with { WaitingPoll = "p", WaitingSince = Some.Now },
                CancellationToken.None
            );
        await RunOneAsync(Some.Envelope() with { Kind = EnvelopeKind.Poll, SourceId = null, Feed = "organizations" });
        Assert.Null(
            (
                await _stand.Get<CursorStore>().GetAsync(Some.ConnectionId, "organizations", CancellationToken.None)
            ).WaitingPoll
        );
    }

    private async Task<Settlement> RunOneAsync(Envelope envelope)
    {
        var received = Some.Received(envelope);
        return (await RunAsync(received))[received];
    }

    private Task<IReadOnlyDictionary<ReceivedEnvelope, Settlement>> RunAsync(params ReceivedEnvelope[] batch) =>
        _stand.Get<FlowRunner>().RunAsync(batch, CancellationToken.None);

    private async Task<KeyMapEntry> EntryAsync(string sourceId) =>
        (await _stand.Get<KeyMapStore>().GetAsync(Some.Key(sourceId), CancellationToken.None))!;

    private Task<IReadOnlyList<(DateTimeOffset At, string What, string Detail, string? Body)>> TimelineAsync() =>
        _stand.Get<ConnectionTimeline>().ReadAsync(Some.ConnectionId, Some.Now, CancellationToken.None);
}
