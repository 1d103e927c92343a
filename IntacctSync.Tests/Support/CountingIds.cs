using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Support;

/// <summary>Ids that count: <c>id-000001</c>, <c>id-000002</c>.</summary>
public sealed class CountingIds : IIdSource
{
    private int _last;

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"id-{Interlocked.Increment(ref _last):D6}");
}
