namespace IntacctSync.Tests.Support.Broker;

/// <summary>A session as its one holder has it.</summary>
/// <param name="SessionId">Which.</param>
/// <param name="Number">Grows with each holder of any session.</param>
public sealed record SessionHold(string SessionId, long Number);
