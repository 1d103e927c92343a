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

    /// <summary>
    /// How many characters the functions of one request may have together, so that several large records do not make
    /// one request that nobody can take. One function that is longer goes alone.
    /// </summary>
    public const int MostCharacters = 2 * 1024 * 1024;

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<CompanyId, int> _sizes = new();

    public int SizeFor(CompanyId company) => _sizes.GetValueOrDefault(company, First);

    public void Answered(CompanyId company, int functions, TimeSpan took) =>
        _sizes.AddOrUpdate(company, _ => Next(First, functions, took), (_, size) => Next(size, functions, took));

    public void NotAnswered(CompanyId company) =>
        _sizes.AddOrUpdate(company, First / 2, (_, size) => Math.Max(1, size / 2));

    /// <summary>Cuts functions, in their order, into requests that are not too long. Pure.</summary>
    /// <param name="functions">Not more than <see cref="SizeFor"/> says.</param>
    /// <param name="charactersOf">How long a function is.</param>
    /// <param name="most">How long those of one request may be together.</param>
    internal static IEnumerable<IReadOnlyList<T>> Requests<T>(
        IEnumerable<T> functions,
        Func<T, int> charactersOf,
        int most = MostCharacters
    )
    {
        var request = new List<T>();
        var characters = 0L;
        foreach (var function in functions)
        {
            characters += charactersOf(function);
            if (request.Count > 0 && characters > most)
            {
                yield return request;
                request = [];
                characters = charactersOf(function);
            }

            request.Add(function);
        }

        if (request.Count > 0)
            yield return request;
    }

    /// <summary>The size after an answer. A request that was not full tells nothing about a fuller one.</summary>
    internal static int Next(int size, int functions, TimeSpan took) =>
        took > Target ? Math.Max(1, Math.Min(size, functions) / 2)
        : took < Target / 2 && functions >= size ? Math.Min(Most, size * 2)
        : size;
}
