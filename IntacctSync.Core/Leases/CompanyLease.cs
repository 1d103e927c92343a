using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Leases;

/// <summary>
/// The right to have one request in flight to a company. The holder renews it. If that fails, <see cref="Lost"/> is
/// cancelled and nothing more may be sent.
/// </summary>
public sealed class CompanyLease : IAsyncDisposable
{
    private readonly CompanyLeases _leases;
    private readonly CancellationTokenSource _lost;
    private readonly ITimer _renewal;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TimeProvider _time;
    private string _etag;
    private long _renewedAt;
    private bool _over;

    internal CompanyLease(
        CompanyLeases leases,
        CompanyId company,
        int slot,
        long fence,
        string etag,
        long takenAt,
        TimeProvider time
    )
    {
        (_leases, Company, Slot, Fence, _etag) = (leases, company, slot, fence, etag);
        _time = time;
        _renewedAt = takenAt;
        _lost = new CancellationTokenSource();
        _renewal = time.CreateTimer(
            static state => _ = ((CompanyLease)state!).RenewAsync(),
            this,
            leases.RenewEvery,
            leases.RenewEvery
        );
    }

    public CompanyId Company { get; }

    public int Slot { get; }

    /// <summary>Grows with each holder of the slot.</summary>
    public long Fence { get; }

    /// <summary>Cancelled when the lease could not be renewed.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync();
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!_over)
                await _leases.ReleaseAsync(Company, Slot, Fence, _etag);
            _over = true;
        }
        finally
        {
            _gate.Release();
        }

        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        if (!await _gate.WaitAsync(0, CancellationToken.None))
            return;
        try
        {
            if (_over)
                return;
            var began = _time.GetTimestamp();
            var (etag, refused) = await _leases.RenewAsync(Company, Slot, Fence, _etag);
            if (etag is not null)
            {
                _etag = etag;
                _renewedAt = began;
                return;
            }

            // If the store does not answer it is asked again, as long as nobody else can have taken the slot.
            if (!refused && _time.GetElapsedTime(_renewedAt) + _leases.RenewEvery < _leases.SafeFor)
                return;

            _over = true;
            await _lost.CancelAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}
