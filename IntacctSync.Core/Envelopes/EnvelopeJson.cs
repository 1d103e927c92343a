using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes;

/// <summary>Envelopes as UTF-8 JSON, the body of a queue message.</summary>
public static class EnvelopeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new ConnectionIdConverter(),
            new CompanyIdConverter(),
            new FlowNameConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
        },
        IgnoreReadOnlyProperties = true,
    };

    public static byte[] Write(Envelope envelope) => JsonSerializer.SerializeToUtf8Bytes(envelope, Options);

    /// <exception cref="JsonException">The text is no envelope, or not a whole one: it is damaged, or a later version
    /// of the program wrote it.</exception>
    public static Envelope Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Whole(
                JsonSerializer.Deserialize<Envelope>(utf8, Options)
                    ?? throw new JsonException("An envelope is a JSON object; this is null.")
            );
        }
        catch (ArgumentException e)
        {
            throw new JsonException($"An envelope has a value that it can't have: {e.Message}", e);
        }
    }

    /// <summary>
    /// Whoever handles an envelope relies on what its kind needs; one without it would bring down all beside it.
    /// </summary>
    private static Envelope Whole(Envelope envelope) =>
        envelope switch
        {
            { Kind: EnvelopeKind.Record, Flow: not null, SourceId: { Length: > 0 } } => envelope,
            { Kind: EnvelopeKind.Poll, Feed: { Length: > 0 } } => envelope,
            { Kind: EnvelopeKind.Backfill, Flow: not null, RunId: not null, Bookmark: not null } => envelope,
            _ => throw new JsonException($"An envelope of the kind {envelope.Kind} has not all that it needs."),
        };

    private sealed class ConnectionIdConverter : JsonConverter<ConnectionId>
    {
        public override ConnectionId Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            ConnectionId.TryParse(reader.GetString(), out var id)
                ? id
                : throw new JsonException("Not a connection id.");

        public override void Write(Utf8JsonWriter writer, ConnectionId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class CompanyIdConverter : JsonConverter<CompanyId>
    {
        public override CompanyId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, CompanyId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class FlowNameConverter : JsonConverter<FlowName>
    {
        public override FlowName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            FlowName.TryParse(reader.GetString(), out var flow) ? flow : throw new JsonException("Not a flow.");

        public override void Write(Utf8JsonWriter writer, FlowName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
