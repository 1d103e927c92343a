namespace IntacctSync.Core.Runs;

public enum RunState
{
    Running,
    Done,
    Failed,
    Cancelled,
}
