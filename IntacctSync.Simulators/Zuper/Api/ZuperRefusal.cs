namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>The request cannot be done, and the answer says why. Nothing was changed.</summary>
internal sealed class ZuperRefusal(ZuperAnswer answer) : Exception(answer.Body)
{
    public ZuperRefusal(int status, string title, string message, string type = "error")
        : this(ZuperAnswer.Error(status, title, message, type: type)) { }

    public ZuperAnswer Answer => answer;
}
