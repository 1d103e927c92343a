namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>How a field's values are compared and written.</summary>
internal enum FieldType
{
    Text,
    Integer,
    Decimal,
    Boolean,
    Enum,

    /// <summary><c>MM/dd/yyyy</c>.</summary>
    Date,

    /// <summary><c>MM/dd/yyyy HH:mm:ss</c> in the user's zone.</summary>
    Timestamp,

    /// <summary><c>MM/dd/yyyy HH:mm:ss</c> in GMT, whoever asks (AUWHENCREATED).</summary>
    GmtTimestamp,
}
