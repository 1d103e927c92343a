namespace IntacctSync.Core.Detection;

/// <summary>The outcome of checking a webhook.</summary>
/// <param name="Outcome">What it is.</param>
/// <param name="Reason">What was found, the rule and the fix, for the log only: the caller learns no more than that it was refused.</param>
public sealed record WebhookVerdict(WebhookOutcome Outcome, string Reason)
{
    public bool IsValid => Outcome == WebhookOutcome.Valid;
}
