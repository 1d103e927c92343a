using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>A call that can't be served, with its answer. A handler throws it to end at once.</summary>
internal sealed class RefusedException(IResult answer) : Exception("The call was refused.")
{
    public IResult Answer { get; } = answer;

    public static RefusedException NotFound(string detail) => new(Problems.Of(StatusCodes.Status404NotFound, detail));

    public static RefusedException Invalid(string field, string text) => new(Problems.Invalid(field, text));
}
