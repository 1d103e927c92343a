namespace IntacctSync.Core.KeyMap;

/// <summary>Whether the far side's id has reached the source.</summary>
public enum WriteBack
{
    None,
    Due,
    Done,
}
