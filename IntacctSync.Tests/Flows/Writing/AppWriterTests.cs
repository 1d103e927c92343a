using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows.Writing;

public sealed class AppWriterTests : IAsyncLifetime
{
    private static readonly Connection Connection = Some.Connection();

    private readonly StoreStand _stand = new();
    private readonly WritingOptions _options = new();

    private KeyMapStore Store => new(_stand.Table);

    private AppWriter Writer =>
        new(Store, new Installation(_stand.Table, _stand.Ids), _options, Some.Noted(_stand.Clock), _stand.Clock);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task What_is_sent_is_stored_before_it_and_its_outcome_takes_its_place()
    {
        KeyMapEntry? meanwhile = null;
        var outcome = await WriteAsync(
            "{}",
            async () =>
            {
                meanwhile = await GetAsync();
                return new AppAnswer.Done("P-1");
            }
        );
        Assert.Equal(("POST things", "{}"), (meanwhile!.Intent!.FunctionName, meanwhile.Intent.Function));
        Assert.Null(outcome.Failure);
        var stored = await GetAsync();
        Assert.Equal(("P-1", (Intent?)null, 1L), (stored!.TargetId, stored.Intent, stored.Intents));
    }

    [Fact]
    public async Task A_refusal_closes_the_intent_and_the_next_write_has_another_id()
    {
        var refusal = new Failure(FailureClass.Data, Some.Problem());
        var refused = await WriteAsync("{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Refused(refusal)));
        Assert.Equal((refusal, (Intent?)null), (refused.Failure, (await GetAsync())!.Intent));
        long? counter = null;
        await Writer.WriteAsync(
            Connection,
            Write(
                refused.Entry,
                "{}",
                async () =>
                {
                    counter = (await GetAsync())!.Intent!.Counter;
                    return new AppAnswer.Done(null);
                }
            ),
            CancellationToken.None
        );
        Assert.Equal(2, counter);
    }

    [Fact]
    public async Task The_last_request_is_kept_with_its_answer_until_the_next_one_goes_out()
    {
        await WriteAsync("{\"a\":1}", () => Task.FromResult<AppAnswer>(new AppAnswer.Done("P-1")));
        var done = (await GetAsync())!;
        Assert.Equal(
            ("POST things", "{\"a\":1}", "It was carried out: P-1.", _stand.Clock.GetUtcNow()),
            (done.LastRequest!.Call, done.LastRequest.Text, done.LastRequest.Answer, done.LastRequest.At)
        );

        KeyMapEntry? meanwhile = null;
        var refusal = new Failure(FailureClass.Data, new Problem("x", "Its date is wrong.", "Mend it."));
        await Writer.WriteAsync(
            Connection,
            Write(
                done,
                "{\"a\":2}",
                async () =>
                {
                    meanwhile = await GetAsync();
                    return new AppAnswer.Refused(refusal);
                }
            ),
            CancellationToken.None
        );
        Assert.Null(meanwhile!.LastRequest);
        var refused = (await GetAsync())!.LastRequest!;
        Assert.Equal(("{\"a\":2}", "It was refused: Its date is wrong."), (refused.Text, refused.Answer));
    }

    [Fact]
    public async Task What_did_not_go_out_is_not_kept_as_the_last_request_and_an_answer_ends_the_count()
    {
        var done = await WriteAsync("{\"a\":1}", () => Task.FromResult<AppAnswer>(new AppAnswer.Done("P-1")));
        var refusal = new Failure(FailureClass.Transient, Some.Problem());
        var unsent = await Writer.WriteAsync(
            Connection,
            Write(
                done.Entry with
                {
                    Unanswered = 2,
                    UnansweredSince = Some.Now,
                },
                "{}",
                () => Task.FromResult<AppAnswer>(new AppAnswer.Refused(refusal, WasSent: false))
            ),
            CancellationToken.None
        );
        Assert.Equal(("{\"a\":1}", refusal), ((await GetAsync())!.LastRequest!.Text, unsent.Failure));
        Assert.Equal((null, 2), (unsent.Entry.Intent, unsent.Entry.Unanswered));

        var answered = await Writer.WriteAsync(
            Connection,
            Write(unsent.Entry, "{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Done("P-1"))),
            CancellationToken.None
        );
        Assert.Equal((0, null), (answered.Entry.Unanswered, answered.Entry.UnansweredSince));
    }

    [Fact]
    public async Task A_long_request_is_kept_within_bounds_and_says_that_its_end_is_missing()
    {
        var random = new Random(7);
        var body = string.Concat(Enumerable.Range(0, 200_000).Select(_ => (char)random.Next('!', '~')));
        await WriteAsync(body, () => Task.FromResult<AppAnswer>(new AppAnswer.Done("P-1")));
        var last = (await GetAsync())!.LastRequest!;
        Assert.InRange(last.Packed.Length, 1_000, LastRequest.MostBytes);
        Assert.StartsWith(body[..5_000], last.Text, StringComparison.Ordinal);
        Assert.EndsWith("(200000 characters; the rest is not kept)", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_without_an_answer_stays_in_doubt_until_it_can_be_settled()
    {
        var outcome = await WriteAsync("{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Unknown("a reset")));
        Assert.Equal(FailureClass.InDoubt, outcome.Failure!.Class);
        Assert.Equal(RecordState.InDoubt, (await GetAsync())!.State);

        var early = await SettleAsync();
        Assert.Equal(FailureClass.InDoubt, early.Failures["org-1"]!.Class);
        Assert.Equal(_options.SettleAfter, early.Failures["org-1"]!.RetryAfter);

        _stand.Clock.Advance(_options.SettleAfter);
        var due = await SettleAsync();
        Assert.True(due.IsOpen("org-1"));
        Assert.Equal(((Intent?)null, (string?)null), (due["org-1"].Intent, due["org-1"].Hash));
    }

    [Fact]
    public async Task A_write_that_was_noted_by_a_clock_that_was_set_back_since_is_settled_after_the_usual_wait()
    {
        await WriteAsync("{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Unknown("a reset")));
        _stand.Clock.SetBy(TimeSpan.FromDays(-1));
        var first = await SettleAsync();
        Assert.Equal(_options.SettleAfter, first.Failures["org-1"]!.RetryAfter);
        Assert.Equal(_stand.Clock.GetUtcNow(), (await GetAsync())!.Intent!.At);
        _stand.Clock.Advance(_options.SettleAfter);
        Assert.True((await SettleAsync()).IsOpen("org-1"));
    }

    [Theory]
    [InlineData(1, "in-doubt")]
    [InlineData(73, "write-unanswered")]
    public async Task Days_without_an_answer_count_from_the_first_write_and_not_from_when_the_change_came(
        int hours,
        string code
    )
    {
        var row = Some.Entry() with
        {
            PendingSince = Some.Now.AddDays(-9),
            Unanswered = 7,
            UnansweredSince = Some.Now.AddHours(-hours),
        };
        var outcome = await Writer.WriteAsync(
            Connection,
            Write(row, "{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Unknown("a reset"))),
            CancellationToken.None
        );
        Assert.Equal(code, outcome.Failure!.Problem.Code);
    }

    [Fact]
    public async Task In_shadow_mode_nothing_is_settled_since_nothing_may_be_written()
    {
        await WriteAsync("{}", () => Task.FromResult<AppAnswer>(new AppAnswer.Unknown("a reset")));
        _stand.Clock.Advance(_options.SettleAfter * 2);
        var shadow = Connection with { Settings = Some.Settings() with { Mode = SyncMode.Shadow } };
        Assert.Equal(FailureClass.InDoubt, (await SettleAsync(shadow)).Failures["org-1"]!.Class);
    }

    [Fact]
    public async Task What_is_too_large_to_be_stored_is_not_sent_and_its_row_stays_as_it_was()
    {
        var sent = false;
        var outcome = await WriteAsync(
            Some.Noise(3_500_000),
            () =>
            {
                sent = true;
                return Task.FromResult<AppAnswer>(new AppAnswer.Done("P-1"));
            }
        );
        Assert.Equal("record-too-large", outcome.Failure!.Problem.Code);
        Assert.Equal(FailureClass.Data, outcome.Failure.Class);
        Assert.False(sent);
        Assert.Null(outcome.Entry.Intent);
        Assert.Null(await GetAsync());
    }

    [Fact]
    public async Task A_row_that_somebody_else_wrote_meanwhile_is_not_sent()
    {
        var read = Some.Entry();
        await Store.SaveAsync([read with { Hash = "theirs" }], CancellationToken.None);
        var outcome = await Writer.WriteAsync(
            Connection,
            Write(read, "{}", () => throw new InvalidOperationException("It was sent.")),
            CancellationToken.None
        );
        Assert.Equal("row-changed", outcome.Failure!.Problem.Code);
    }

    private static AppWrite Write(KeyMapEntry entry, string body, Func<Task<AppAnswer>> answer) =>
        new(
            "the app",
            entry,
            Intent.Create,
            "POST things",
            body,
            "hash",
            "key",
            _ => answer(),
            (row, target) => row with { TargetId = target, Hash = "hash" }
        );

    private Task<WriteOutcome> WriteAsync(string body, Func<Task<AppAnswer>> answer) =>
        Writer.WriteAsync(Connection, Write(Some.Entry(), body, answer), CancellationToken.None);

    private Task<KeyMapEntry?> GetAsync() => Store.GetAsync(Some.Key("org-1"), CancellationToken.None);

    private async Task<RecordPass> SettleAsync(Connection? connection = null)
    {
        var work = new RecordWork((await GetAsync())!, [], Some.Now, false, false);
        var access = new ConnectionAccess(Some.IntacctCredentials(), Some.ZuperAccount());
        var pass = new RecordPass(new FlowBatch(connection ?? Connection, access, [work]), Store, _stand.Clock);
        await Writer.SettleAsync(pass, "the app", null, CancellationToken.None);
        return pass;
    }
}
