using System.Collections.Concurrent;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>
/// How many functions to put into one request to a company, so that it takes about ten seconds: ten at first, doubled
/// while answers take under half of that, halved when they take longer or do not come.
/// </summary>
public sealed class RequestSizer
{
    public const int First = 10;
    public const int Most = 100;

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<CompanyId, int> _sizes = new();

    public int SizeFor(CompanyId company) => _sizes.GetValueOrDefault(company, First);

    public void Answered(CompanyId company, int functions, TimeSpan took) =>
        _sizes.AddOrUpdate(company, _ => Next(First, functions, took), (_, size) => Next(size, functions, took));

    public void NotAnswered(CompanyId company) =>
        _sizes.AddOrUpdate(company, First / 2, (_, size) => Math.Max(1, size / 2));

    /// <summary>The size after an answer. A request that was not full tells nothing about a fuller one.</summary>
    internal static int Next(int size, int functions, TimeSpan took) =>
        took > Target ? Math.Max(1, Math.Min(size, functions) / 2)
        : took < Target / 2 && functions >= size ? Math.Min(Most, size * 2)
        : size;
}
