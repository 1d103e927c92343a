using System.Text.Json;

namespace IntacctSync.Core.Zuper;

/// <summary>How one module's records are asked for and read.</summary>
/// <param name="Route">Where they are listed; one is at the route and its uid, and the filter at the route and <c>filter</c>.</param>
/// <param name="UidField">What the module calls its uid.</param>
/// <param name="Name">One of them, for people.</param>
/// <param name="TypedRules">Whether the module's filter is that of the newer service, whose rules name a type and know <c>IN</c> (developers.zuper.co, Get Organizations By Filter).</param>
/// <param name="Read">Null for an element without a uid.</param>
internal sealed record ZuperKind<T>(string Route, string UidField, string Name, bool TypedRules, Func<JsonElement, T?> Read)
    where T : ZuperRecord
{
    public string Plural => $"{Name}s";

    public string FilterRoute => $"{Route}/filter";

    public string SingleRoute => $"{Route}/{{uid}}";
}
