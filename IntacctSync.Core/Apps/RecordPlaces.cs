namespace IntacctSync.Core.Apps;

/// <summary>Where people find the two sides of a record in the pages of the two systems.</summary>
/// <param name="App">The address in the app; null where it is not there, or no address is known.</param>
/// <param name="Intacct">What it is in Intacct, which tells the address itself; null where it is not there.</param>
public sealed record RecordPlaces(Uri? App, IntacctPlace? Intacct)
{
    public static readonly RecordPlaces None = new(null, null);
}

/// <summary>A record of Intacct.</summary>
/// <param name="Object">For example <c>CUSTOMER</c>.</param>
/// <param name="Field">The field that names it, such as <c>CUSTOMERID</c>.</param>
/// <param name="Key">Its value.</param>
public sealed record IntacctPlace(string Object, string Field, string Key)
{
    /// <summary>A record that its RECORDNO names.</summary>
    public static IntacctPlace Of(string objectName, string recordNo) => new(objectName, "RECORDNO", recordNo);
}
