namespace IntacctSync.Core.KeyMap;

/// <summary>One line of a story, for a person. Never holds a secret.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string What, string Detail);
