namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>The body of <c>PUT /_sim/preferences</c>.</summary>
internal sealed record PreferenceForm(string Application, string Preference, string Value);
