namespace IntacctSync.Core.Notifications;

/// <summary>All that is known of what a connection's people were told and are to be told.</summary>
/// <param name="Head">Where its e-mails stand.</param>
/// <param name="Waiting">What is to be told.</param>
/// <param name="Told">When each cause was last told.</param>
public sealed record NoticeBook(NoticeHead Head, IReadOnlyList<Notice> Waiting, IReadOnlyDictionary<Cause, DateTimeOffset> Told);
