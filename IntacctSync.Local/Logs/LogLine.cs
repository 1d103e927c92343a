using System.Globalization;
using IntacctSync.Core.Domain;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace IntacctSync.Local.Logs;

/// <summary>
/// A line for each event: time in UTC, level, category, text. What a text holds of other systems can't begin a line of
/// its own.
/// </summary>
internal sealed class LogLine : ITextFormatter
{
    private static readonly MessageTemplateTextFormatter Text = new("{Message:l}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Text.Format(logEvent, text);
        var category = logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName)
            is ScalarValue { Value: string name }
            ? name
            : "-";
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{logEvent.Timestamp.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {logEvent.Level} {category}: "
            ) + VisibleText.Of(text.ToString())
        );
        if (logEvent.Exception is { } exception)
            output.WriteLine(exception);
    }
}
