namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>The request cannot be done, and the answer says why. Nothing was changed.</summary>
internal sealed class UpflowRefusal(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public UpflowAnswer Answer => UpflowAnswer.Error(status, Message);

    public static UpflowRefusal NotFound(string word) => new($"{word} not found", StatusCodes.Status404NotFound);
}
