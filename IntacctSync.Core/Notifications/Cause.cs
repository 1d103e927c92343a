namespace IntacctSync.Core.Notifications;

/// <summary>What failures have in common, so that a person mends them together.</summary>
/// <param name="Flow">The flow's public name.</param>
/// <param name="Code">The code of the problem.</param>
public readonly record struct Cause(string Flow, string Code);
