using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;

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
}

/// <summary>The sync uses all requests that the company allows.</summary>
public sealed class CompanyBusyException()
    : Exception("The sync is using the requests that the company allows. Ask again in a moment.");
