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

    /// <exception cref="JsonException">The text is no envelope.</exception>
    public static Envelope Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Envelope>(utf8, Options)
        ?? throw new JsonException("An envelope is a JSON object; this is null.");

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
