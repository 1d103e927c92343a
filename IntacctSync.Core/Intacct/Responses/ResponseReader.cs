using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// Reads an answer as a stream, record by record: all blocks of the grammar that are there, even if one is missing
/// (developer.intacct.com, Responses). Nothing is concluded here.
/// </summary>
internal static class ResponseReader
{
    /// <summary>What an empty result costs, told in fields. No request asks for as many as are left.</summary>
    private const int FieldsOfResult = 100;

    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        // A control character that slipped into a record must not make the page unreadable for ever; see
        // CleanTextReader.
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <exception cref="XmlException">It is not XML to its end, not an answer of Intacct, or too deep.</exception>
    public static async Task<ResponseDocument> ReadAsync(Stream body, CancellationToken ct)
    {
        using var text = new CleanTextReader(body);
        using var reader = XmlReader.Create(text, Settings);
        await reader.MoveToContentAsync().ConfigureAwait(false);
        if (reader.LocalName != "response")
            throw new XmlException($"The root element is '{reader.LocalName}', not 'response'.");
        var document = new ResponseDocument();
        await ChildrenAsync(
                reader,
                document.Allowance,
                name =>
                    name switch
                    {
                        "control" => ControlAsync(reader, document, ct),
                        "operation" => OperationAsync(reader, document, ct),
                        "errormessage" => ErrorReader.ReadAsync(reader, document.ControlErrors, document.Allowance, ct),
                        _ => SkipAsync(reader, document.Allowance, ct),
                    },
                ct
            )
            .ConfigureAwait(false);
        while (!reader.EOF)
            await reader.ReadAsync().ConfigureAwait(false);
        return document;
    }

    private static async Task ControlAsync(XmlReader reader, ResponseDocument document, CancellationToken ct) =>
        document.ControlStatus = (await RecordReader.ReadAsync(reader, document.Allowance, ct).ConfigureAwait(false))[
            "status"
        ];

    private static Task OperationAsync(XmlReader reader, ResponseDocument document, CancellationToken ct) =>
        ChildrenAsync(
            reader,
            document.Allowance,
            name =>
                name switch
                {
                    "authentication" => AuthenticationAsync(reader, document, ct),
                    "result" => ResultAsync(reader, document, ct),
                    "errormessage" => ErrorReader.ReadAsync(reader, document.OperationErrors, document.Allowance, ct),
                    _ => SkipAsync(reader, document.Allowance, ct),
                },
            ct
        );

    private static async Task AuthenticationAsync(XmlReader reader, ResponseDocument document, CancellationToken ct)
    {
        var authentication = await RecordReader.ReadAsync(reader, document.Allowance, ct).ConfigureAwait(false);
        document.AuthenticationStatus = authentication["status"];
        document.CompanyId = authentication["companyid"];
        document.SessionTimestamp = Instant(authentication["sessiontimestamp"]);
        document.SessionTimeout = Instant(authentication["sessiontimeout"]);
    }

    private static async Task ResultAsync(XmlReader reader, ResponseDocument document, CancellationToken ct)
    {
        document.Allowance.Take(FieldsOfResult);
        var result = new RawResult();
        document.Results.Add(result);
        await ChildrenAsync(
                reader,
                document.Allowance,
                name =>
                    name switch
                    {
                        "status" => TextAsync(reader, text => result.Status = text),
                        "function" => TextAsync(reader, text => result.Function = text),
                        "controlid" => TextAsync(reader, text => result.ControlId = text),
                        "key" => TextAsync(reader, text => result.Key = text.Length == 0 ? null : text),
                        "listtype" => ListTypeAsync(reader, result, document.Allowance, ct),
                        "data" => DataAsync(reader, result, document.Allowance, ct),
                        "errormessage" => ErrorReader.ReadAsync(reader, result.Errors, document.Allowance, ct),
                        _ => SkipAsync(reader, document.Allowance, ct),
                    },
                ct
            )
            .ConfigureAwait(false);
    }

    private static Task ListTypeAsync(
        XmlReader reader,
        RawResult result,
        FieldAllowance allowance,
        CancellationToken ct
    )
    {
        result.TotalCount = Number(reader.GetAttribute("total"));
        if (result.TotalCount is { } total && Number(reader.GetAttribute("end")) is { } end)
            result.NumRemaining = Math.Max(0, total - end - 1);
        return SkipAsync(reader, allowance, ct);
    }

    private static Task DataAsync(XmlReader reader, RawResult result, FieldAllowance allowance, CancellationToken ct)
    {
        result.TotalCount ??= Number(reader.GetAttribute("totalcount"));
        result.NumRemaining ??= Number(reader.GetAttribute("numremaining"));
        return ChildrenAsync(
            reader,
            allowance,
            async _ =>
            {
                var likely = result.Records is [.., var before] ? before.Fields.Count : 4;
                result.Records.Add(await RecordReader.ReadAsync(reader, allowance, ct, likely).ConfigureAwait(false));
            },
            ct
        );
    }

    /// <summary>
    /// Calls <paramref name="child"/> on each child element, which must move past it, and then moves past the parent.
    /// </summary>
    private static async Task ChildrenAsync(
        XmlReader reader,
        FieldAllowance allowance,
        Func<string, Task> child,
        CancellationToken ct
    )
    {
        var empty = reader.IsEmptyElement;
        await reader.ReadAsync().ConfigureAwait(false);
        if (empty)
            return;
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            ct.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Element)
            {
                allowance.Take(1 + reader.AttributeCount);
                await child(reader.LocalName).ConfigureAwait(false);
            }
            else
            {
                await reader.ReadAsync().ConfigureAwait(false);
            }
        }

        await reader.ReadAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Moves past an element that says nothing here. What it holds is counted all the same: the reader keeps each name.
    /// </summary>
    private static async Task SkipAsync(XmlReader reader, FieldAllowance allowance, CancellationToken ct)
    {
        var depth = reader.Depth;
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync().ConfigureAwait(false);
        if (isEmpty)
            return;
        while (reader.NodeType != XmlNodeType.EndElement || reader.Depth > depth)
        {
            ct.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Element)
                allowance.Take(1 + reader.AttributeCount);
            await reader.ReadAsync().ConfigureAwait(false);
        }

        await reader.ReadAsync().ConfigureAwait(false);
    }

    private static async Task TextAsync(XmlReader reader, Action<string> set) =>
        set((await reader.ReadElementContentAsStringAsync().ConfigureAwait(false)).Trim());

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
