namespace IntacctSync.Core.Doctor;

/// <summary>A check found something wrong by itself, without any call having failed.</summary>
internal sealed class CheckFailedException(string detail, string fix) : Exception(detail)
{
    public string Fix { get; } = fix;
}
