using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Review;

/// <summary>
/// Waits for a lease of a company, so that what is read beside the queue keeps to the number of requests that may be in
/// flight. It is held for one page at a time, so that live changes pass between two.
/// </summary>
public sealed class LeasedReading(CompanyLeases leases, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <exception cref="CompanyBusyException">It was not free within that time.</exception>
    public async Task<CompanyLease> TakeAsync(CompanyId company, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (await leases.TryAcquireAsync(company, cancellationToken) is { } lease)
                return lease;
            if (time.GetElapsedTime(began) > patience)
                throw new CompanyBusyException();
            await Task.Delay(LookAgain, time, cancellationToken);
        }
    }

    /// <summary>Does something while a lease is held.</summary>
    public async Task<T> WithAsync<T>(
        CompanyId company,
        TimeSpan patience,
        Func<Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        await using var lease = await TakeAsync(company, patience, cancellationToken);
        return await work();
    }

    /// <summary>
    /// The same for what only reads and has time: where a system takes no calls for the moment, the lease is given
    /// back, so that the sync goes on, and the refused call is made again after the pause.
    /// </summary>
    public async Task<T> PatientlyAsync<T>(
        CompanyId company,
        TimeSpan patience,
        LimitPatience limits,
        Func<Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var lease = await TakeAsync(company, patience, cancellationToken);
        using var oneAtATime = new SemaphoreSlim(1, 1);
        var waited = false;
        try
        {
            using var pause = LimitPause.Enter(WaitAsync);
            var result = await work();
            if (waited)
                limits.WentOn();
            return result;
        }
        finally
        {
            await lease.DisposeAsync();
        }

        // Calls that are refused side by side wait one behind the other; what the first has waited counts for all.
        async Task<bool> WaitAsync(TimeSpan? asked, CancellationToken token)
        {
            var told = time.GetTimestamp();
            await oneAtATime.WaitAsync(token);
            try
            {
                waited = true;
                var (gone, whole) = (time.GetElapsedTime(told), asked ?? LimitPatience.WithoutTime);
                if (gone > TimeSpan.Zero && gone >= whole)
                    return true;
                if (limits.Next(whole - gone) is not { } wait)
                    return false;
                await lease.DisposeAsync();
                await limits.WaitAsync(wait, token);
                lease = await TakeAsync(company, patience, token);
                return true;
            }
            finally
            {
                oneAtATime.Release();
            }
        }
    }
}

/// <summary>The sync uses all requests that the company allows.</summary>
public sealed class CompanyBusyException()
    : Exception("The sync is using the requests that the company allows. Ask again in a moment.");
