using IntacctSync.Core.KeyMap;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>What a person calls a record of the sandbox, also where the pipeline never came to know it.</summary>
internal static class SampleNames
{
    public static string Of(KeyMapEntry entry) =>
        entry.Title ?? ZuperSample.Organizations.GetValueOrDefault(entry.Key.SourceId)?.Name ?? entry.Key.SourceId;
}
