namespace IntacctSync.Tests.Support.Broker;

/// <summary>The lock under which something was asked for is no longer held; nothing was done.</summary>
public sealed class LockLostException(string what)
    : Exception($"The lock of {what} is lost: it expired, was taken away, or the message was settled already.");
