using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>Compares how each record of the sample ended with how it is meant to end.</summary>
internal sealed class SampleVerdict(KeyMapStore keyMap)
{
    /// <summary>One line for each record that ended otherwise.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(Connection connection, CancellationToken cancellationToken)
    {
        var entries = await keyMap.GetManyAsync(connection.Id, FlowName.Organizations, [.. ZuperSample.Expectations.Keys], cancellationToken);
        return
        [
            .. from expected in ZuperSample.Expectations
               let meant = Text(expected.Value.State, expected.Value.Problem)
               let found = Found(entries[expected.Key])
               where found != meant
               select $"{FlowName.Organizations}/{expected.Key} ({ZuperSample.Organizations[expected.Key].Name}) is {found}, and is meant to be {meant}.",
        ];
    }

    private static string Found(KeyMapEntry entry) =>
        entry.Stored is null ? "unknown" : Text(JsonNamingPolicy.CamelCase.ConvertName(entry.State.ToString()), entry.Problem?.Code);

    private static string Text(string state, string? code) => code is null ? state : $"{state} ({code})";
}
