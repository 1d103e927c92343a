namespace IntacctSync.Core.Zuper;

/// <summary>What the body of an answer is.</summary>
internal enum ZuperShape
{
    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>Begins like JSON and can't be read, or is a list without an envelope.</summary>
    BrokenJson,

    Empty,

    /// <summary>HTML or text.</summary>
    Other,
}
