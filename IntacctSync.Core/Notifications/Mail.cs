namespace IntacctSync.Core.Notifications;

/// <summary>A letter as it is sent: plain text, the lines of its body ended by CR LF.</summary>
/// <param name="To">The recipients.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">The text.</param>
/// <param name="Id">Of its content: the same letter sent twice has the same one, so that a mail system can
/// tell.</param>
public sealed record Mail(IReadOnlyList<string> To, string Subject, string Body, string Id);
