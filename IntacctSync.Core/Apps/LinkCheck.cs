namespace IntacctSync.Core.Apps;

/// <summary>What an app says to a link that a person asks for.</summary>
/// <param name="TargetId">The counterpart's own id, by which it is kept, however the person wrote it; null where the
/// link is refused.</param>
/// <param name="Refusal">Why it is refused, in words; null where it is not.</param>
public sealed record LinkCheck(string? TargetId, string? Refusal)
{
    public static LinkCheck Fits(string targetId) => new(targetId, null);

    public static LinkCheck Refused(string why) => new(null, why);
}
