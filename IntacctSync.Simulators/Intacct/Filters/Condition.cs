using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>
/// Whether a record is wanted, in SQL's three values: null where a value that is not there was compared.
/// </summary>
internal delegate bool? Condition(StoredRecord record);
