using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>The profiles of the apps that this program knows.</summary>
/// <param name="all">At least one. The first is the app of a document that names none.</param>
public sealed class AppProfiles(params IReadOnlyList<IAppProfile> all)
{
    public IReadOnlyList<IAppProfile> All => all;

    /// <summary>The app of a document that names none.</summary>
    public IAppProfile Usual => all[0];

    /// <summary>The timers of all feeds, each once; see <see cref="AppFlow.Timer"/>.</summary>
    public IReadOnlyList<string> Timers =>
        [.. all.SelectMany(a => a.Flows).Select(f => f.Timer).Distinct(StringComparer.Ordinal)];

    public IAppProfile? Find(string name) => all.FirstOrDefault(a => a.Name == name);

    /// <summary>The flows whose feeds are due when a timer ticks.</summary>
    public IReadOnlyList<FlowName> OfTimer(string timer) =>
        [.. all.SelectMany(a => a.Flows).Where(f => f.Timer == timer).Select(f => f.Name)];
}
