using System.Text.Json.Serialization;

namespace IntacctSync.Core.Doctor;

/// <summary>One check.</summary>
/// <param name="Name">Lower-case words joined by dashes; stable.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was found. Never holds a secret.</param>
/// <param name="Fix">What to change and where; null where nothing is to be done. A check that passed may give one as advice.</param>
public sealed record DoctorCheck(string Name, CheckStatus Status, string Detail, string? Fix = null)
{
    /// <summary>False where a skipped check could not have been made by anybody, so that it speaks neither for nor against the connection.</summary>
    [JsonIgnore]
    public bool Counts { get; init; } = true;
}
