namespace IntacctSync.Core.Zuper;

/// <summary>A webhook that is registered in an account (developers.zuper.co, Webhooks). Its secret is not read.</summary>
/// <param name="Event">For example <c>invoice.update</c>.</param>
/// <param name="Url">Where it tells of it.</param>
/// <param name="IsActive">False while it is switched off.</param>
public sealed record ZuperWebhook(string Event, string Url, bool IsActive);
