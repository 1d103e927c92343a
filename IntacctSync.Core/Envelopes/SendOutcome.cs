namespace IntacctSync.Core.Envelopes;

public enum SendOutcome
{
    Accepted,
    Duplicate,
}
