using System.Text;

namespace IntacctSync.Core.Domain;

/// <summary>
/// An exception as a log may hold it: what was thrown and where, without the texts. These may quote what another system
/// said, and with it names, addresses and telephone numbers of people. Only an <see cref="ILogText"/> says more.
/// </summary>
public sealed class LoggedException(Exception thrown) : Exception(Line(thrown))
{
    public override string? StackTrace => thrown.StackTrace;

    public override string ToString() => Tell(thrown);

    private static string Line(Exception e) =>
        e is ILogText { LogText: { Length: > 0 } text } ? $"{e.GetType()}: {text}" : e.GetType().ToString();

    private static string Tell(Exception e)
    {
        var text = new StringBuilder(Line(e));
        IEnumerable<Exception> causes =
            e is AggregateException many ? many.InnerExceptions
            : e.InnerException is { } inner ? [inner]
            : [];
        foreach (var cause in causes)
            text.AppendLine().Append("caused by ").Append(Tell(cause));
        if (e.StackTrace is { } stack)
            text.AppendLine().Append(stack);
        return text.ToString();
    }
}

/// <summary>An exception that says what a log may hold of it.</summary>
public interface ILogText
{
    /// <summary>
    /// Words of this program about this machine, or a code: nothing that a person or another system wrote.
    /// </summary>
    string LogText { get; }
}
