using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Review;

/// <summary>What is said of one record, whichever side has it.</summary>
public sealed class RecordComparisonTests : IAsyncLifetime
{
    private const string In = "in the books";
    private const string Out = "out of the books";
    private static readonly DateOnly Day = new(2026, 2, 3);

    private static readonly Problem Refused = new("refused", "Intacct refused it.", "Reverse it by hand.");

    private readonly StoreStand _stand = new();
    private readonly ScriptedComparison _sides = new();
    private FlowReconciler? _reconciler;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task What_its_source_has_taken_back_and_the_target_has_not_differs()
    {
        await LinkedAsync();
        _sides.Source.Add(Cancelled());
        _sides.Target.Add(Of("41"));
        Assert.Equal(["i-1 state waiting"], await RunAsync());
    }

    [Fact]
    public async Task What_counts_on_neither_side_is_equal_whatever_else_it_says()
    {
        await LinkedAsync();
        _sides.Source.Add(Cancelled());
        _sides.Target.Add(Of("41", total: 7, state: Out) with { IsOut = true });
        Assert.Empty(await RunAsync());
        Assert.Equal(1, Counts.Equal);
        Assert.Empty(_reconciler!.Sums);
    }

    [Fact]
    public async Task A_counterpart_that_was_removed_with_its_source_is_not_missed()
    {
        await LinkedAsync();
        _sides.Source.Add(Cancelled());
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task One_that_may_be_out_is_equal_to_one_that_is()
    {
        await LinkedAsync();
        _sides.Source.Add(Of("i-1", state: null) with { MayBeOut = true });
        _sides.Target.Add(Of("41", state: Out) with { IsOut = true });
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task A_linked_record_that_needs_a_person_is_named_though_no_field_differs()
    {
        await LinkedAsync(e => e.Need(Some.Now, Refused));
        _sides.Source.Add(Of("i-1"));
        _sides.Target.Add(Of("41"));
        Assert.Equal(["i-1  needsPerson"], await RunAsync());
        Assert.Equal((0, 1), (Counts.Equal, Counts.Differ));
    }

    [Fact]
    public async Task A_linked_record_with_a_change_on_its_way_is_waiting_though_no_field_differs()
    {
        await LinkedAsync(e => e with { State = RecordState.Pending });
        _sides.Source.Add(Of("i-1"));
        _sides.Target.Add(Of("41"));
        Assert.Equal(["i-1  waiting"], await RunAsync());
    }

    [Fact]
    public async Task A_field_that_the_source_has_as_written_is_changed_by_hand_while_another_change_is_on_its_way()
    {
        await LinkedAsync(e =>
            e with
            {
                State = RecordState.Pending,
                Fingerprints = Fingerprints.None.With("total", "100.00").ToString(),
            }
        );
        _sides.Source.Add(Of("i-1"));
        _sides.Target.Add(Of("41", total: 120));
        Assert.Equal(["i-1 total changedByHand"], await RunAsync());
    }

    [Fact]
    public async Task A_field_that_may_have_changed_waits_while_a_change_is_on_its_way()
    {
        await LinkedAsync(e => e with { State = RecordState.Pending, Version = Some.Now });
        _sides.Source.Add(Of("i-1") with { ChangedAt = Some.Now });
        _sides.Target.Add(Of("41", total: 120));
        Assert.Equal(["i-1 total waiting"], await RunAsync());
    }

    [Fact]
    public async Task A_counterpart_that_is_out_and_whose_source_is_gone_is_as_it_is_to_be()
    {
        await LinkedAsync();
        _sides.Target.Add(Of("41", state: Out) with { IsOut = true });
        Assert.Empty(await RunAsync());
        Assert.Equal(0, _sides.LookUps);
        Assert.Empty(_reconciler!.Sums);
    }

    [Fact]
    public async Task A_source_of_another_day_is_looked_up_and_compared()
    {
        await LinkedAsync(e => e with { Fingerprints = Fingerprints.None.With("date", "2026-01-31").ToString() });
        _sides.Unlisted.Add(Of("i-1", on: new DateOnly(2026, 1, 31)));
        _sides.Target.Add(Of("41", on: new DateOnly(2026, 2, 1)));
        Assert.Equal(["i-1 date changedByHand"], await RunAsync(since: new DateOnly(2026, 2, 1)));
        Assert.Equal((1, 1), (Counts.Source, Counts.Linked));

        // The other day is none of those that are compared.
        Assert.Equal(new DateOnly(2026, 2, 1), Assert.Single(_reconciler!.Sums).Day);
    }

    [Fact]
    public async Task A_source_that_is_not_shown_at_all_is_gone()
    {
        await LinkedAsync();
        _sides.Target.Add(Of("41"));
        Assert.Equal(["i-1  sourceGone"], await RunAsync());
        Assert.Equal(1, _sides.LookUps);
    }

    [Fact]
    public async Task What_is_missing_at_the_target_shows_in_the_sums_of_the_source()
    {
        await LinkedAsync();
        await SaveAsync(Row("i-2").Need(Some.Now, Refused));
        _sides.Source.AddRange([Of("i-1"), Of("i-2"), Of("i-3")]);
        _sides.Target.Add(Of("41"));
        Assert.Equal(["i-2  needsPerson", "i-3  unknown"], await RunAsync());
        var sum = Assert.Single(_reconciler!.Sums);
        Assert.Equal((3, 300m, 1, 100m), (sum.SourceCount, sum.SourceSum, sum.TargetCount, sum.TargetSum));
        Assert.False(sum.IsEqual);
    }

    [Fact]
    public async Task Each_side_is_summed_up_in_its_own_currency()
    {
        await LinkedAsync();
        _sides.Source.Add(Of("i-1") with { Currency = "USD" });
        _sides.Target.Add(Of("41") with { Currency = "EUR" });
        await RunAsync();
        Assert.Equal(
            ["EUR 0 1", "USD 1 0"],
            _reconciler!.Sums.Select(s => $"{s.Currency} {s.SourceCount} {s.TargetCount}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_currency_that_one_side_does_not_tell_is_the_others()
    {
        await LinkedAsync();
        _sides.Source.Add(Of("i-1"));
        _sides.Target.Add(Of("41") with { Currency = "EUR" });
        await RunAsync();
        Assert.Equal(("EUR", true), (Assert.Single(_reconciler!.Sums).Currency, _reconciler.Sums.Single().IsEqual));
    }

    [Fact]
    public async Task A_counterpart_that_could_not_be_read_is_neither_gone_nor_equal()
    {
        await LinkedAsync();
        _sides.Source.Add(Of("i-1"));
        _sides.TargetUnlisted.Add(new ComparedRecord("41", "", new string?[3]) { Unread = Refused });
        Assert.Equal(["i-1  unknown"], await RunAsync());
    }

    [Fact]
    public async Task Why_records_are_left_out_is_counted()
    {
        await SaveAsync(Row("i-3").Ignore(Some.Now, "By hand."));
        _sides.Source.AddRange([
            Of("i-1") with
            {
                LeftOut = "It is dated before the sync's start.",
            },
            Of("i-2") with
            {
                LeftOut = "It is dated before the sync's start.",
            },
            Of("i-3"),
        ]);
        Assert.Empty(await RunAsync());
        Assert.Equal(
            ["2 It is dated before the sync's start.", "1 It is ignored."],
            Counts.LeftOutBecause!.Select(r => $"{r.Count} {r.Why}")
        );
        Assert.Equal(3, Counts.LeftOut);
        Assert.Equal(
            ["i-1 It is dated before the sync's start.", "i-2 It is dated before the sync's start.", "i-3 By hand."],
            _reconciler!.LeftOut.Select(r => $"{r.SourceId} {r.Why}")
        );
    }

    [Fact]
    public async Task Of_each_reason_the_first_ones_that_are_left_out_are_named()
    {
        await SaveAsync(Row("i-last").Ignore(Some.Now, "By hand."));
        _sides.Source.AddRange(
            Enumerable.Range(0, 300).Select(i => Of($"i-{i}") with { LeftOut = "It is dated before the sync's start." })
        );
        _sides.Source.Add(Of("i-last"));
        Assert.Empty(await RunAsync());
        Assert.Equal((301, 201), (Counts.LeftOut, _reconciler!.LeftOut.Count));
        Assert.Equal("i-last", _reconciler.LeftOut[^1].SourceId);
    }

    [Fact]
    public async Task What_was_adopted_and_never_written_stays_as_it_was_found()
    {
        _sides.StayAsAdopted.Add("date");
        await LinkedAsync(e =>
            e with
            {
                Adopted = true,
                Version = Some.Now,
                Fingerprints = Fingerprints.None.With("date", "2026-02-03").With("total", "100.00").ToString(),
            }
        );
        _sides.Source.Add(Of("i-1") with { ChangedAt = Some.Now });
        _sides.Target.Add(Of("41", total: 120, on: new DateOnly(2026, 2, 5)));
        Assert.Equal(["i-1 date adopted", "i-1 total changedByHand"], await RunAsync());
        Assert.Equal(["1 adopted", "1 changedByHand"], Counts.DifferBecause!.Select(c => $"{c.Count} {c.Cause}"));
    }

    [Fact]
    public async Task What_has_changed_at_the_source_since_it_was_adopted_waits()
    {
        _sides.StayAsAdopted.Add("date");
        await LinkedAsync(e => e with { Adopted = true, Version = Some.Now.AddDays(-1) });
        _sides.Source.Add(Of("i-1") with { ChangedAt = Some.Now });
        _sides.Target.Add(Of("41", on: new DateOnly(2026, 2, 5)));
        Assert.Equal(["i-1 date waiting"], await RunAsync());
    }

    private FlowComparisonCounts Counts => _reconciler!.Counts;

    private static ComparedRecord Of(string id, decimal total = 100, string? state = In, DateOnly? on = null) =>
        new(id, id, [ComparedRecord.Text(on ?? Day), ComparedRecord.Text(total), state])
        {
            Date = on ?? Day,
            Amount = total,
        };

    private static ComparedRecord Cancelled() =>
        new("i-1", "i-1", [null, null, Out])
        {
            Date = Day,
            Amount = 0,
            IsOut = true,
            LeftOut = "It is cancelled in Zuper.",
        };

    private static KeyMapEntry Row(string id) =>
        new() { Key = new SyncKey(Some.ConnectionId, ZuperFlows.Invoices, id) };

    private Task LinkedAsync(Func<KeyMapEntry, KeyMapEntry>? change = null)
    {
        var row = (Row("i-1") with { TargetId = "41", Title = "INV-1" }).Sync(Some.Now, "created", "41");
        return SaveAsync(change?.Invoke(row) ?? row);
    }

    private Task SaveAsync(KeyMapEntry row) => new KeyMapStore(_stand.Table).SaveAsync([row], CancellationToken.None);

    private async Task<IReadOnlyList<string>> RunAsync(DateOnly? since = null)
    {
        var differences = new List<RecordDifference>();
        _reconciler = new FlowReconciler(
            _sides,
            Some.Scope(since),
            new Names("Zuper", "Intacct"),
            new KeyMapStore(_stand.Table),
            read => read(),
            (_, _) => Task.CompletedTask
        );
        await _reconciler.RunAsync(
            found =>
            {
                differences.AddRange(found);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );
        return [.. differences.Select(d => $"{d.SourceId} {d.Field} {d.Cause}").Order(StringComparer.Ordinal)];
    }
}
