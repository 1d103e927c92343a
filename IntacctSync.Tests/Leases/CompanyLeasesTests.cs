using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Storage;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Leases;

public sealed class CompanyLeasesTests : IAsyncLifetime
{
    private static readonly CompanyId Company = new("Harbor-Dental");

    private readonly StoreStand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task One_at_a_time_holds_a_company_in_whatever_case_it_is_written()
    {
        var (mine, theirs) = (Leases(), Leases());
        await using (await TakeAsync(mine))
        {
            Assert.Null(await theirs.TryAcquireAsync(new CompanyId("HARBOR-dental"), CancellationToken.None));
            await using var other = await theirs.TryAcquireAsync(new CompanyId("other"), CancellationToken.None);
            Assert.NotNull(other);
        }

        await using var next = await TakeAsync(theirs);
        Assert.Equal(2, next.Fence);
    }

    [Fact]
    public async Task Two_may_hold_it_when_two_requests_may_be_in_flight()
    {
        var leases = Leases(most: 2);
        await using var first = await TakeAsync(leases);
        await using var second = await TakeAsync(leases);
        Assert.Equal((0, 1), (first.Slot, second.Slot));
        Assert.Null(await leases.TryAcquireAsync(Company, CancellationToken.None));
    }

    [Fact]
    public async Task Who_comes_in_between_wins_and_the_other_goes_away()
    {
        CompanyLease? winner = null;
        var loser = Leases(async (_, _) => winner ??= await TakeAsync(Leases()));
        Assert.Null(await loser.TryAcquireAsync(Company, CancellationToken.None));
        await winner!.DisposeAsync();
    }

    [Fact]
    public async Task A_holder_keeps_it_by_renewing()
    {
        await using var holder = await TakeAsync(Leases());
        _stand.Clock.Advance(TimeSpan.FromSeconds(5));
        await UntilExpiryAsync(Some.Now.AddSeconds(35));
        Assert.Null(await LeasesAt(34).TryAcquireAsync(Company, CancellationToken.None));
        await using var next = await TakeAsync(LeasesAt(35));
        Assert.Equal(2, next.Fence);
    }

    [Fact]
    public async Task A_row_that_expired_is_taken_over_with_a_higher_fence()
    {
        var gone = await TakeAsync(Leases((_, _) => Task.CompletedTask, new TestClock(Some.Now)));
        _stand.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await Leases().TryAcquireAsync(Company, CancellationToken.None));
        _stand.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var next = await TakeAsync(Leases());
        Assert.Equal(2, next.Fence);
        await gone.DisposeAsync();
        Assert.Null(await Leases().TryAcquireAsync(Company, CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_of_tomorrow_that_nobody_renews_is_taken_over()
    {
        var gone = await TakeAsync(Leases((_, _) => Task.CompletedTask, new TestClock(Some.Now.AddDays(1))));
        await using var next = await TakeAsync(Leases());
        Assert.Equal(2, next.Fence);
        await gone.DisposeAsync();
    }

    [Fact]
    public async Task A_holder_believes_in_its_lease_no_longer_because_the_clock_was_set_back()
    {
        using var asked = new SemaphoreSlim(0);
        await using var holder = await TakeAsync(
            Leases(FailingRenewals(asked, () => new TableUnavailableException("Busy.")))
        );
        _stand.Clock.SetBy(TimeSpan.FromDays(-1));
        for (var i = 0; i < 5; i++)
        {
            _stand.Clock.Advance(TimeSpan.FromSeconds(5));
            await asked.WaitAsync(CancellationToken.None);
        }

        await AssertLostAsync(holder);
    }

    [Fact]
    public async Task A_holder_whose_row_was_taken_over_learns_it_at_once()
    {
        var clock = new TestClock(Some.Now);
        await using var holder = await TakeAsync(Leases((_, _) => Task.CompletedTask, clock));
        _stand.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var next = await TakeAsync(Leases());
        clock.Advance(TimeSpan.FromSeconds(5));
        await AssertLostAsync(holder);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_asked_again_while_nobody_else_can_have_the_lease()
    {
        using var asked = new SemaphoreSlim(0);
        await using var holder = await TakeAsync(
            Leases(FailingRenewals(asked, () => new TableUnavailableException("Busy.")))
        );
        for (var i = 0; i < 4; i++)
        {
            _stand.Clock.Advance(TimeSpan.FromSeconds(5));
            await asked.WaitAsync(CancellationToken.None);
            Assert.False(holder.Lost.IsCancellationRequested);
        }

        _stand.Clock.Advance(TimeSpan.FromSeconds(5));
        await AssertLostAsync(holder);
    }

    [Fact]
    public async Task A_renewal_that_fails_for_a_reason_nobody_thought_of_does_not_leave_the_holder_believing()
    {
        using var asked = new SemaphoreSlim(0);
        await using var holder = await TakeAsync(
            Leases(FailingRenewals(asked, () => new InvalidOperationException("Who knows.")))
        );
        for (var i = 0; i < 5; i++)
        {
            _stand.Clock.Advance(TimeSpan.FromSeconds(5));
            await asked.WaitAsync(CancellationToken.None);
        }

        await AssertLostAsync(holder);
    }

    [Fact]
    public async Task The_time_that_taking_it_took_counts_as_well()
    {
        using var asked = new SemaphoreSlim(0);
        var failing = FailingRenewals(asked, () => new TableUnavailableException("Busy."));
        await using var holder = await TakeAsync(
            Leases(
                async (write, token) =>
                {
                    if (write.Kind == TableWriteKind.Insert)
                        _stand.Clock.Advance(TimeSpan.FromSeconds(20));
                    await failing(write, token);
                }
            )
        );
        _stand.Clock.Advance(TimeSpan.FromSeconds(5));
        await AssertLostAsync(holder);
    }

    /// <summary>Waits for the lease's own signal; a test that waits in vain fails by its runner's limit.</summary>
    private static async Task AssertLostAsync(CompanyLease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.UnsafeRegister(
            static l => ((TaskCompletionSource)l!).TrySetResult(),
            lost
        );
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.True(lease.Lost.IsCancellationRequested);
    }

    private static Func<TableWrite, CancellationToken, Task> FailingRenewals(
        SemaphoreSlim asked,
        Func<Exception> exception
    ) =>
        (write, _) =>
        {
            if (write.Kind == TableWriteKind.Insert)
                return Task.CompletedTask;
            asked.Release();
            throw exception();
        };

    private Task UntilExpiryAsync(DateTimeOffset expiresAt) =>
        Soon.UntilAsync(async () =>
        {
            var range = new TableRange(TableKey.Join("lease", Company.Value));
            var page = await _stand.Table.QueryAsync(range, null, 10, CancellationToken.None);
            return page.Rows[0].Time("ExpiresAt") == expiresAt;
        });

    private CompanyLeases Leases(Func<TableWrite, CancellationToken, Task> beforeWrite, TimeProvider? clock = null) =>
        Over(new InterposedTable(_stand.Table, beforeWrite), clock ?? _stand.Clock, new LeaseOptions());

    private CompanyLeases Leases(int most = 1) =>
        Over(_stand.Table, _stand.Clock, new LeaseOptions { MaxConcurrency = most });

    /// <summary>Another instance, so many seconds later.</summary>
    private CompanyLeases LeasesAt(int seconds) =>
        Over(_stand.Table, new TestClock(Some.Now.AddSeconds(seconds)), new LeaseOptions());

    private static CompanyLeases Over(ITable table, TimeProvider clock, LeaseOptions options) =>
        new(table, clock, options, Some.Noted(clock));

    private static async Task<CompanyLease> TakeAsync(CompanyLeases leases)
    {
        var lease = await leases.TryAcquireAsync(Company, CancellationToken.None);
        Assert.NotNull(lease);
        return lease;
    }
}
