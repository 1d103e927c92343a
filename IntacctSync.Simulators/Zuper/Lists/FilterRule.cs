using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Lists;

/// <summary>
/// One rule of the rule engine, checked (developers.zuper.co/reference/get-organizations-by-filter,
/// get-invoices-by-filter): key and operator are required, the key's own field type where the newer micro-service
/// filters, a value wherever the operator compares with one.
/// </summary>
internal sealed class FilterRule
{
    private static readonly IReadOnlyList<string> Operators =
    [
        "EQUAL_TO",
        "NOT_EQUAL_TO",
        "CONTAINS",
        "NOT_CONTAINS",
        "IS_EMPTY",
        "IS_NOT_EMPTY",
        "GREATER_THAN",
        "LESS_THAN",
        "BETWEEN",
    ];

    private static readonly IReadOnlyList<string> NewerOperators =
    [
        .. Operators,
        "GREATER_THAN_EQUAL_TO",
        "LESS_THAN_EQUAL_TO",
        "IN",
    ];

    private static readonly IReadOnlyList<string> FieldTypes =
    [
        "SINGLE_LINE",
        "MULTI_LINE",
        "SINGLE_ITEM",
        "RADIO",
        "MULTI_ITEM",
        "NUMBER",
        "DATE",
        "TIME",
        "DATETIME",
        "LOOKUP",
        "FILE",
        "TEXT",
        "DROPDOWN",
        "TAGS",
    ];

    private readonly ZuperModule _module;
    private readonly string _operator;
    private readonly string? _kept;
    private readonly bool _isDate;
    private readonly bool _isNumber;
    private readonly string?[] _values;

    /// <exception cref="ZuperRefusal">The rule is not one that the service takes.</exception>
    public FilterRule(ZuperModule module, JsonNode? node, bool strict)
    {
        if (node is not JsonObject rule)
            throw Refused("each of filter_rules must be an object");
        _module = module;
        Key = rule.Text("key") ?? throw Refused("key is required");
        var operators = module.NewerFilter || !strict ? NewerOperators : Operators;
        _operator =
            rule.Text("operator") is { } name && operators.Contains(name, StringComparer.Ordinal)
                ? name
                : throw Refused("operator is required, one of " + string.Join(", ", operators));
        strict &= module.NewerFilter;
        if (strict && (rule.Text("field_type") is not { } given || !FieldTypes.Contains(given, StringComparer.Ordinal)))
            throw Refused("field_type is required, one of " + string.Join(", ", FieldTypes));
        IsCustom = rule.Text("type") switch
        {
            null or "default_field" or "nested_field" => false,
            "custom_field" => true,
            _ => throw Refused("type must be one of default_field, nested_field, custom_field"),
        };
        if (!IsCustom && !IsKeyword)
        {
            var known =
                FilterKey.Of(module).FirstOrDefault(k => k.Path == Key) ?? throw Refused($"{Key} is not a valid key");
            if (strict && !known.Accepts(rule.Text("field_type")))
                throw Refused($"field_type of {Key} must be {known.FieldType}");
            _kept = known.Kept;
            (_isDate, _isNumber) = (known.FieldType == "DATE", known.FieldType == "NUMBER");
        }
        _values = Values(rule["value"]);
    }

    public string Key { get; }

    /// <summary>What a field must be one of for the rule to hold; null where the rule is of another kind.</summary>
    public IReadOnlyList<string?>? OneOf => !IsCustom && _operator is "EQUAL_TO" or "IN" ? _values : null;

    public bool IsCustom { get; }

    /// <summary>Whether this is a free text search instead of a comparison.</summary>
    public bool IsKeyword => !IsCustom && Key == "keyword";

    public bool Holds(JsonObject record)
    {
        if (IsKeyword)
            return _module.KeywordFields.Any(f =>
                record.Text(f)?.Contains(_values[0] ?? "", StringComparison.OrdinalIgnoreCase) == true
            );
        var found = IsCustom
            ? (record[_module.FieldsField] as JsonArray ?? [])
                .OfType<JsonObject>()
                .FirstOrDefault(f => f.Text("label") == Key)
                ?.Text("value")
            : record.At(_kept!).Text();
        return _operator switch
        {
            "EQUAL_TO" => found == _values[0],
            "NOT_EQUAL_TO" => found != _values[0],
            "CONTAINS" => found?.Contains(_values[0] ?? "", StringComparison.OrdinalIgnoreCase) == true,
            "NOT_CONTAINS" => found?.Contains(_values[0] ?? "", StringComparison.OrdinalIgnoreCase) != true,
            "IS_EMPTY" => string.IsNullOrEmpty(found),
            "IS_NOT_EMPTY" => !string.IsNullOrEmpty(found),
            "GREATER_THAN" => Compare(found, _values[0]) > 0,
            "LESS_THAN" => Compare(found, _values[0]) < 0,
            "GREATER_THAN_EQUAL_TO" => Compare(found, _values[0]) >= 0,
            "LESS_THAN_EQUAL_TO" => Compare(found, _values[0]) <= 0,
            "BETWEEN" => Compare(found, _values[0]) >= 0 && Compare(found, _values[1]) <= 0,
            _ => _values.Contains(found),
        };
    }

    /// <summary>The sign of a comparison; null where a value is missing, which fails every comparison.</summary>
    private int? Compare(string? found, string? value) =>
        found is null || value is null ? null
        : _isNumber
        && decimal.TryParse(found, CultureInfo.InvariantCulture, out var x)
        && decimal.TryParse(value, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y)
        : string.CompareOrdinal(found, value);

    private string?[] Values(JsonNode? value)
    {
        string?[] values = value is JsonArray list ? [.. list.Select(v => v.Text())] : [value.Text()];
        switch (_operator)
        {
            case "IS_EMPTY" or "IS_NOT_EMPTY":
                return values;
            case "BETWEEN" when values.Length != 2:
                throw Refused($"value of {Key} must be an array of two for BETWEEN");
            case "IN" when value is not JsonArray:
                throw Refused($"value of {Key} must be an array for IN");
            case not ("BETWEEN" or "IN") when values.Length != 1 || values[0] is null:
                throw Refused($"value of {Key} is required");
        }
        return _isDate
            ? [.. values.Select(v => ZuperTime.Parse(v) ?? throw Refused($"value of {Key} must be a date"))]
            : values;
    }

    private static ZuperRefusal Refused(string message) =>
        new(StatusCodes.Status400BadRequest, "Validation Error", message);
}
