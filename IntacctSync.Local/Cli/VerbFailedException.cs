namespace IntacctSync.Local.Cli;

/// <summary>A verb can't go on: what to say, and the exit code.</summary>
internal sealed class VerbFailedException(int code, string text) : Exception(text)
{
    public int Code { get; } = code;
}

/// <summary>The exit codes of every verb.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something needs a person: what was found, or how things stand that keeps it from being done.</summary>
    public const int NeedsPerson = 1;

    /// <summary>It was asked for wrongly, or can't be done so; another line could.</summary>
    public const int UsedWrongly = 2;

    /// <summary>The host does not answer.</summary>
    public const int Unreachable = 3;
}
