namespace IntacctSync.Local.Settings;

/// <summary>
/// The host can't start with its settings. Each line names the key, what was found and what is allowed.
/// </summary>
internal sealed class WrongSettingsException(IReadOnlyList<string> lines)
    : Exception(string.Join(Environment.NewLine, lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
