namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A line of an Order Entry document that is there already.</summary>
/// <param name="LineNum">Counted from 1, though reads count from 0 (developer.intacct.com, Functions).</param>
/// <param name="Line">What the line becomes; fields that are null stay as they are.</param>
public sealed record OrderEntryLineUpdate(int LineNum, OrderEntryLine Line);
