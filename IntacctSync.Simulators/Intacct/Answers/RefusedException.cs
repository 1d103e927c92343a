namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>A function, or one object of it, is refused; the errors are a chain, cause first.</summary>
internal sealed class RefusedException(params IReadOnlyList<IntacctError> errors) : Exception(errors[0].Description2)
{
    public IReadOnlyList<IntacctError> Errors { get; } = errors;

    /// <summary>The same cause, wrapped as the layers above wrap it.</summary>
    public RefusedException Within(params IEnumerable<string> wrappers) =>
        new([.. Errors, .. wrappers.Select(IntacctError.Wrapper)]);

    /// <summary>Refused with a text of the generic number.</summary>
    public static RefusedException Generic(string text) => new(IntacctError.Wrapper(text));

    /// <summary>Refused because a value is not valid.</summary>
    public static RefusedException Invalid(string text) => new(new IntacctError("BL03000018", text));

    /// <summary>Refused because another has that value; the two spaces are Intacct's.</summary>
    public static RefusedException Duplicate(string title, string value) =>
        new(
            new IntacctError(
                "BL34000061",
                $"Another {title} with the given value(s) {value}  already exists",
                Correction: "Use a unique value instead."
            )
        );

    /// <summary>What readByQuery, read and get answer to almost anything they can't digest.</summary>
    public static RefusedException Processing() =>
        new(new IntacctError("DL02000001", "There was an error processing the request."));
}
