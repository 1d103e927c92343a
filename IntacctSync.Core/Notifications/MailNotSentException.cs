namespace IntacctSync.Core.Notifications;

/// <summary>The mail server could not be reached, or took the letter for nobody; the same letter may pass later.</summary>
public sealed class MailNotSentException(string message, Exception inner) : Exception(message, inner);
